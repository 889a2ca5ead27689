#include "bytes/special_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "dsgd/error.hpp"
#include "stop.hpp"

namespace dsgd {
namespace {

constexpr int look_milliseconds = 50;  ///< from one look for a signal to the next

[[noreturn]] void fail(std::string const& path, int error) {
  throw Error(ExitCode::file, "'" + path + "' cannot be opened", std::strerror(error),
              "choose another place, or correct this one");
}

[[noreturn]] void report_stop(std::string const& path) {
  throw Error(static_cast<ExitCode>(StopSignals::exit_code()),
              "stopped by " + StopSignals::name() + " ('" + path +
                  "' has no reader that takes the result): start its reader first");
}

bool is_pipe(std::string const& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
}

}  // namespace

int open_special(std::string const& path) {
  for (;;) {
    // Without O_NONBLOCK, a pipe without a reader would hold the program here, and signals with it.
    int const file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file >= 0) {
      struct stat status {};
      if (::fstat(file, &status) == 0 && !S_ISREG(status.st_mode)) return file;
      ::close(file);
      fail(path, EEXIST);  // the work of another since the start
    }
    if (errno == EINTR) continue;
    if (errno != ENXIO || !is_pipe(path)) fail(path, errno);
    if (StopSignals::received() != 0) report_stop(path);
    ::poll(nullptr, 0, look_milliseconds);
  }
}

void await_writable(int descriptor, std::string const& path) {
  int const before = StopSignals::received();  // after which a partial result may be under way
  struct pollfd writer {
    descriptor, POLLOUT, 0
  };
  while (::poll(&writer, 1, look_milliseconds) <= 0)
    if (before == 0 && StopSignals::received() != 0) report_stop(path);
}

}  // namespace dsgd
