// What was executed, written when the program ends.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "runtime/kernel.hpp"
#include "runtime/settings.hpp"

namespace emulated_gpu {
namespace {

/// A line for each kernel: its name, its PTX file, the line of each basic block and how many threads came to it.
std::string report() {
  std::string text;
  for (auto const& [name, kernel] : translated_kernels()) {
    text += name + ' ' + kernel->source;
    for (std::size_t i = 0; i < kernel->visits.size(); ++i)
      text += ' ' + std::to_string(kernel->lines[i]) + ':' + std::to_string(kernel->visits[i]);
    text += '\n';
  }
  return text;
}

struct Reporter {
  Reporter() { settings(), translated_kernels(); }  // they end after it

  /// Appended in one call, so that programs can share a file.
  ~Reporter() {
    std::string const& name = settings().coverage_file;
    int const file = name.empty() ? -1 : open(name.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (file < 0) return;
    std::string const text = report();
    if (write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) std::perror(name.c_str());
    close(file);
  }
} const reporter;

}  // namespace
}  // namespace emulated_gpu
