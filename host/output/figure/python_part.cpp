#include "output/figure/python_part.hpp"

#include <cstdlib>
#include <filesystem>

#include "dsgd/error.hpp"
#include "output/figure/process.hpp"
#include "stop.hpp"

namespace dsgd {

std::string find_script(std::string_view name, std::string_view wanter, std::string_view use) {
  std::error_code ignored;
  std::filesystem::path const program =
      std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  for (char const* const place : {"share/dsgd", "../share/dsgd", "../dsgd"})
    if (std::filesystem::exists(program / place / name, ignored))
      return (program / place / name).lexically_normal().string();
  throw Error(ExitCode::file,
              std::string(wanter) + " cannot find share/dsgd/" + std::string(name) + " beside the program '" +
                  program.string() + "'",
              std::string(use), "build or install dsgd again");
}

std::string find_python(std::vector<std::string> const& command, std::string_view wanter,
                        std::string_view use, PythonNeeds needs) {
  std::vector<std::string> candidates{"python3", "/usr/bin/python3"};
  if (char const* const wanted = std::getenv("DSGD_PYTHON"); wanted != nullptr && *wanted != '\0')
    candidates.insert(candidates.begin(), wanted);
  for (std::string const& python : candidates) {
    std::vector<std::string> check{python};
    check.insert(check.end(), command.begin(), command.end());
    check.emplace_back("--check");
    bool const fits = run_process(check, "").exit_code == 0;
    if (fits || StopSignals::received() != 0) return python;  // what is stopped will run nothing
  }
  throw Error(ExitCode::file,
              std::string(wanter) + " finds no Python that has " + std::string(needs.packages),
              std::string(use),
              "install " + std::string(needs.debian) + ", or set DSGD_PYTHON to a Python that has " +
                  (needs.packages.find(' ') == std::string_view::npos ? "it" : "both"));
}

std::string last_line(std::string text) {
  text.erase(text.find_last_not_of('\n') + 1);
  text.erase(0, text.find_last_of('\n') + 1);
  constexpr std::string_view prefix = "dsgd: ";
  if (text.starts_with(prefix)) text.erase(0, prefix.size());
  return text;
}

}  // namespace dsgd
