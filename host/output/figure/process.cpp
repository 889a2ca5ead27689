#include "output/figure/process.hpp"

#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include "bytes/file.hpp"
#include "dsgd/error.hpp"
#include "stop.hpp"

namespace dsgd {
namespace {

/// A file without a name: unlike a pipe, neither side ever waits for the other.
class MemoryFile {
 public:
  explicit MemoryFile(char const* name) : descriptor_(::memfd_create(name, MFD_CLOEXEC)) {
    if (descriptor_ < 0)
      throw Error(ExitCode::file, "a temporary file cannot be made", std::strerror(errno),
                  "free memory or file descriptors");
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(MemoryFile const&) = delete;
  MemoryFile& operator=(MemoryFile const&) = delete;
  MemoryFile(MemoryFile&&) = delete;
  MemoryFile& operator=(MemoryFile&&) = delete;

  int get() const { return descriptor_; }
  void rewind() const { ::lseek(descriptor_, 0, SEEK_SET); }

  std::string read_all() const {
    rewind();
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t n; (n = ::read(descriptor_, buffer.data(), buffer.size())) > 0;)
      text.append(buffer.data(), static_cast<std::size_t>(n));
    return text;
  }

 private:
  int descriptor_;
};

}  // namespace

ProcessResult run_process(std::vector<std::string> argv, std::string const& input) {
  MemoryFile const in("input");
  MemoryFile const out("output");
  MemoryFile const err("errors");
  write_all(in.get(), input, "a temporary file");
  in.rewind();

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.get(), STDERR_FILENO);
  std::vector<char*> arguments;
  arguments.reserve(argv.size() + 1);
  for (std::string& argument : argv) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  int const spawned = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) return {127, "", std::strerror(spawned)};

  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    if (StopSignals::received() != 0) ::kill(child, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  int const exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {exit_code, out.read_all(), err.read_all()};
}

}  // namespace dsgd
