#include "bytes/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <climits>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "bytes/special_file.hpp"
#include "bytes/temporary.hpp"
#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

bool left = false;  ///< the reader of standard output; one thread writes there

[[noreturn]] void fail(std::string const& path, std::string const& doing, int error) {
  throw Error(ExitCode::file, "'" + path + "' cannot be " + doing, std::strerror(error),
              "choose another place, or correct this one");
}

std::string folder_of(std::string const& path) {
  std::string const folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// Closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;

  int get() const { return number_; }
  int close() { return ::close(std::exchange(number_, -1)); }

 private:
  int number_;
};

/// Permissions for the new file: those of the file it replaces, else what the umask leaves.
mode_t mode_for(std::string const& destination) {
  struct stat status {};
  if (::lstat(destination.c_str(), &status) == 0 && S_ISREG(status.st_mode)) return status.st_mode & 07777;
  mode_t const mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// Can a file be made in the folder of this path?
void require_writable_folder(std::string const& path) {
  std::string const folder = folder_of(path);
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) fail(path, "written", errno);
  if (!S_ISDIR(status.st_mode)) fail(path, "written", ENOTDIR);
  if (::access(folder.c_str(), W_OK | X_OK) != 0) fail(path, "written", errno);
}

/// Whoever may write to a folder may lay a link there that leads elsewhere: those of others are not followed.
void require_own_link(std::string const& link, std::string const& path) {
  struct stat status {};
  if (::lstat(link.c_str(), &status) != 0) fail(path, "written", errno);
  if (status.st_uid != ::geteuid() && status.st_uid != 0)
    throw Error(ExitCode::file, "'" + path + "' is a symbolic link of another user", "it may lead anywhere",
                "name the file that is meant");
}

/// The one absolute path that a path leads to: links stay, and what they point to is replaced, or made.
/// @pre stat() has followed the links: there is no loop (not asked again: links may change at any time)
std::string resolved(std::string const& path) {
  std::filesystem::path place = path;
  while (std::filesystem::is_symlink(place)) {
    require_own_link(place.string(), path);
    std::filesystem::path const target = std::filesystem::read_symlink(place);
    place = place.parent_path() / target;  // an absolute target stands for itself
  }
  require_writable_folder(place.string());
  std::filesystem::path const folder = place.parent_path();
  std::error_code error;
  std::filesystem::path const known = std::filesystem::canonical(folder.empty() ? "." : folder, error);
  if (error) fail(path, "written", error.value());  // as where the working folder is deleted
  return (known / place.filename()).string();
}

/// The name of a new file survives a power cut. A folder that may not be read, and some file systems, refuse.
void sync_folder_of(std::string const& destination, std::string const& path) {
  Descriptor const folder(::open(folder_of(destination).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0 && ::fsync(folder.get()) != 0 && errno != EINVAL && errno != ENOTSUP)
    fail(path, "written", errno);
}

}  // namespace

void write_all(int descriptor, std::string const& content, std::string const& path) {
  struct stat status {};
  bool const waits = ::fstat(descriptor, &status) == 0 && !S_ISREG(status.st_mode);
  for (std::size_t written = 0; written < content.size();) {
    std::size_t const left_over = content.size() - written;
    if (waits) await_writable(descriptor, path);
    // A pipe that can be written takes so many bytes without a wait.
    ssize_t const step = ::write(descriptor, content.data() + written,
                                 waits ? std::min<std::size_t>(left_over, PIPE_BUF) : left_over);
    if (step < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (step < 0 && errno == EPIPE && descriptor == STDOUT_FILENO) {
      left = true;
      return;
    }
    if (step < 0) fail(path, "written", errno);
    written += static_cast<std::size_t>(step);
  }
}

bool reader_left() { return left; }

OutputFile::OutputFile(std::string path) : path_(std::move(path)), destination_(path_) {
  if (is_stdout()) {
    if (::fcntl(STDOUT_FILENO, F_GETFD) < 0) fail("standard output", "written", errno);
    return;
  }
  struct stat status {};
  bool const exists = ::stat(path_.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) fail(path_, "written", errno);
  if (exists && S_ISDIR(status.st_mode)) fail(path_, "written", EISDIR);
  if (exists && ::access(path_.c_str(), W_OK) != 0) fail(path_, "written", errno);
  replaced_ = !exists || S_ISREG(status.st_mode);
  if (!replaced_) return;
  destination_ = resolved(path_);
  clear_temporaries(destination_);
}

std::string OutputFile::shown() const {
  std::string name = path_;
  for (char& c : name)
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = ' ';
  return name;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      destination_(std::move(other.destination_)),
      temporary_(std::exchange(other.temporary_, {})),
      replaced_(other.replaced_) {}

OutputFile::~OutputFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void OutputFile::stage(std::string const& content) {
  if (!replaced_) return;
  std::string pattern = temporary_pattern(destination_);
  Descriptor file(::mkostemps(pattern.data(), static_cast<int>(temporary_suffix.size()), O_CLOEXEC));
  if (file.get() < 0) fail(path_, "written", errno);
  temporary_ = std::move(pattern);  // which needs no memory: nothing is left behind where that runs out
  write_all(file.get(), content, path_);
  if (::fchmod(file.get(), mode_for(destination_)) != 0) fail(path_, "written", errno);
  if (::fsync(file.get()) != 0) fail(path_, "written", errno);
  if (file.close() != 0) fail(path_, "written", errno);
}

void OutputFile::commit(std::string const& content) {
  if (is_stdout()) return write_all(STDOUT_FILENO, content, "standard output");
  if (!replaced_) {
    Descriptor const file(open_special(path_));
    return write_all(file.get(), content, path_);
  }
  if (::rename(temporary_.c_str(), destination_.c_str()) != 0) fail(path_, "replaced", errno);
  temporary_.clear();
  sync_folder_of(destination_, path_);
}

bool OutputFile::commit_new() {
  DSGD_EXPECTS(is_replaced());
  bool made = ::link(temporary_.c_str(), destination_.c_str()) == 0;
  if (!made && errno != EEXIST) made = commit_without_link(errno);
  ::unlink(temporary_.c_str());
  temporary_.clear();
  if (made) sync_folder_of(destination_, path_);
  return made;
}

bool OutputFile::commit_without_link(int reason) {
  if (reason != EPERM && reason != ENOTSUP && reason != ENOSYS && reason != EMLINK)
    fail(path_, "made", reason);
  Descriptor const place(::open(destination_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (place.get() < 0 && errno == EEXIST) return false;
  if (place.get() < 0) fail(path_, "made", errno);
  if (::rename(temporary_.c_str(), destination_.c_str()) == 0) return true;
  int const error = errno;
  ::unlink(destination_.c_str());
  fail(path_, "made", error);
}

}  // namespace dsgd
