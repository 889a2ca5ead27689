#include "bytes/temporary.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace dsgd {
namespace {

constexpr std::size_t max_name_bytes = 255, max_process_digits = 10;
constexpr std::string_view random_part = "-XXXXXX";

std::string this_host() {
  std::array<char, 65> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name.front() == '\0') return "localhost";
  return name.data();
}

/// Whoever can be asked about a process is on the same machine: its name belongs to the temporaries' names.
std::string name_prefix(std::string const& destination) {
  std::string const end = ".dsgd-" + this_host() + "-";
  std::size_t const rest =
      max_name_bytes - 1 - end.size() - max_process_digits - random_part.size() - temporary_suffix.size();
  return "." + std::filesystem::path(destination).filename().string().substr(0, rest) + end;
}

/// The process whose temporary of this prefix a name is; 0 where it is none.
pid_t process_of(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix) || !name.ends_with(temporary_suffix)) return 0;
  name.remove_prefix(prefix.size());
  name.remove_suffix(temporary_suffix.size());
  pid_t process = 0;
  auto const [end, error] = std::from_chars(name.data(), name.data() + name.size(), process);
  bool const is_number = error == std::errc() && end != name.data() + name.size() && *end == '-';
  return is_number && process > 0 ? process : 0;
}

/// This process has written nothing there yet: what bears its number is of an earlier one.
bool is_gone(pid_t process) { return process == ::getpid() || (::kill(process, 0) != 0 && errno == ESRCH); }

bool is_own_file(std::filesystem::path const& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid();
}

}  // namespace

std::string temporary_pattern(std::string const& destination) {
  std::string const name = name_prefix(destination) + std::to_string(::getpid()) + std::string(random_part) +
                           std::string(temporary_suffix);
  return (std::filesystem::path(destination).parent_path() / name).string();
}

void clear_temporaries(std::string const& destination) {
  std::string const prefix = name_prefix(destination);
  std::error_code error;
  std::filesystem::directory_iterator entry(std::filesystem::path(destination).parent_path(), error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    std::string const name = entry->path().filename().string();
    pid_t const process = process_of(name, prefix);
    if (process != 0 && is_gone(process) && is_own_file(entry->path())) ::unlink(entry->path().c_str());
  }
}

}  // namespace dsgd
