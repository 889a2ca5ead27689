#include "store/database.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "dsgd/error.hpp"

namespace dsgd {
namespace {

/// Bytes of one value, at most; the largest is the description of a sweep with a million points.
constexpr int max_bytes = 64 << 20;

/// True once memory has run out. SQLite says so also of schemas that it cannot read; of memory it tells its log, too.
thread_local bool allocation_failed = false;

void note_failed_allocation(void*, int status, char const* message) {
  if (status == SQLITE_NOMEM && std::string_view(message).starts_with("failed")) allocation_failed = true;
}

/// That a file is open for writing is known before: where SQLite finds it read-only, its header says so
/// wrongly.
bool is_about_the_file(int status) {
  if (status == SQLITE_READONLY) return false;
  switch (status & 0xff) {
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
      return true;
    default:
      return false;
  }
}

Error unreadable(std::string const& shown, std::string const& reason) {
  return {ExitCode::file, "the store '" + shown + "' cannot be read or written", reason,
          "nothing in it is lost; correct the cause, and run the same command again"};
}

/// Why a file's system gives no locks, an errno; 0 where it gives them. SQLite takes the lack of locks for a
/// lock of another process. @pre this process has no locks on the file, whose end this
/// would be (it cannot ask)
int locking_error(std::string const& path) {
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  struct flock lock {};
  lock.l_type = F_RDLCK;
  lock.l_whence = SEEK_SET;
  int const reason = ::fcntl(file, F_GETLK, &lock) == 0 ? 0 : errno;
  ::close(file);
  return reason;
}

/// SQLite reads and writes files of these names beside a store, and would wait for ever on a pipe.
void require_regular_companions(std::string const& path, std::string const& shown) {
  for (char const* const end : {"-journal", "-wal", "-shm"}) {
    struct stat status {};
    if (::lstat((path + end).c_str(), &status) == 0 && !S_ISREG(status.st_mode))
      throw Error(ExitCode::file, "'" + shown + end + "' is no regular file",
                  "a file of this name belongs to the store beside it", "remove it");
  }
}

/// A descriptor that closes itself.
class ReadFile {
 public:
  explicit ReadFile(std::string const& path)
      : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)) {}
  ReadFile(ReadFile const&) = delete;
  ReadFile& operator=(ReadFile const&) = delete;
  ~ReadFile() {
    if (file_ >= 0) ::close(file_);
  }

  /// Reads up to so many bytes, from the beginning on. @return false where that failed: errno says why
  bool read(std::string& bytes, std::size_t most) const {
    if (file_ < 0) return false;
    constexpr std::size_t chunk = 1 << 20;
    while (bytes.size() < most) {
      std::size_t const before = bytes.size();
      bytes.resize(std::min(most, before + chunk));
      ssize_t const count = ::read(file_, bytes.data() + before, bytes.size() - before);
      if (count < 0 && errno == EINTR) {
        bytes.resize(before);
        continue;
      }
      bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
      if (count <= 0) return count == 0;
    }
    return true;
  }

 private:
  int file_;
};

/// Does SQLite keep what is to be undone of a database beside it? Its journal begins with zeros, or is none, where
/// no transaction is under way.
bool has_hot_journal(std::string const& path) {
  std::string first;
  return ReadFile(path + "-journal").read(first, 1) && !first.empty() && first.front() != '\0';
}

}  // namespace

FileBytes read_unlocked(std::string const& path, std::string const& shown) {
  require_regular_companions(path, shown);
  FileBytes result{{}, has_hot_journal(path)};
  if (!ReadFile(path).read(result.bytes, std::string::npos)) throw unreadable(shown, std::strerror(errno));
  result.changing = result.changing || has_hot_journal(path);
  return result;
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Close::operator()(sqlite3* handle) const { sqlite3_close(handle); }

Statement::Statement(Database& database, std::string const& sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  int const status = sqlite3_prepare_v2(database.handle_.get(), sql.c_str(), -1, &statement, nullptr);
  statement_.reset(statement);
  if (status != SQLITE_OK) database.fail(status);
}

void Statement::check_bound(int status) const {
  if (status != SQLITE_OK) database_->fail(status);
}

Statement& Statement::bind(int parameter, std::uint64_t value) {
  check_bound(sqlite3_bind_int64(statement_.get(), parameter, static_cast<std::int64_t>(value)));
  return *this;
}

Statement& Statement::bind_text(int parameter, std::string_view value) {
  check_bound(sqlite3_bind_text64(statement_.get(), parameter, value.data(), value.size(), SQLITE_STATIC,
                                  SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_bytes(int parameter, std::string_view value) {
  check_bound(sqlite3_bind_blob64(statement_.get(), parameter, value.data(), value.size(), SQLITE_STATIC));
  return *this;
}

bool Statement::step() {
  int const status = sqlite3_step(statement_.get());
  if (status != SQLITE_ROW && status != SQLITE_DONE) database_->fail(status);
  return status == SQLITE_ROW;
}

void Statement::run() {
  while (step()) {
  }
  sqlite3_reset(statement_.get());
}

std::uint64_t Statement::integer(int column) const {
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_INTEGER)
    database_->fail_damaged("a number is none");
  return static_cast<std::uint64_t>(sqlite3_column_int64(statement_.get(), column));
}

std::string Statement::content(int column, int type) const {
  if (sqlite3_column_type(statement_.get(), column) != type)
    database_->fail_damaged("a value has another type");
  auto const* const data = static_cast<char const*>(sqlite3_column_blob(statement_.get(), column));
  auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  if (data == nullptr && sqlite3_errcode(database_->handle_.get()) == SQLITE_NOMEM)
    database_->fail(SQLITE_NOMEM);
  return size == 0 ? std::string() : std::string(data, size);
}

std::string Statement::text(int column) const { return content(column, SQLITE_TEXT); }
std::string Statement::bytes(int column) const { return content(column, SQLITE_BLOB); }

Database::Database() : shown_("a new store") {
  open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY);
}

Database::Database(std::string const& path, std::string shown, Access access)
    : path_(path), shown_(std::move(shown)) {
  require_regular_companions(path_, shown_);
  bool const writable = access == Access::exclusive || ::access(path.c_str(), W_OK) == 0;
  open(path, (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOFOLLOW);
  execute("PRAGMA trusted_schema = OFF");  // nothing that a foreign schema says is run
  execute("PRAGMA cell_size_check = ON");
  if (access == Access::shared) return;
  execute("PRAGMA locking_mode = EXCLUSIVE");
  if (number("PRAGMA page_count") == 0) fail_damaged("it is empty");  // and would not stay so
  execute("BEGIN IMMEDIATE");
  execute("COMMIT");  // the lock stays
}

Database::Database(std::string_view bytes, std::string shown) : shown_(std::move(shown)) {
  open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY);
  if (bytes.empty()) fail_damaged("it is empty");
  constexpr std::size_t file_format =
      18;  // offset in SQLite's header; 1 has no file beside it that holds more
  // What is no file of SQLite, SQLite itself names.
  if (bytes.starts_with("SQLite format 3") && bytes.size() > file_format + 1 &&
      (bytes[file_format] > 1 || bytes[file_format + 1] > 1))
    fail_damaged("it has a write-ahead log");
  auto* const copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (copy == nullptr) throw std::bad_alloc();
  std::memcpy(copy, bytes.data(), bytes.size());
  auto const size = static_cast<sqlite3_int64>(bytes.size());
  int const status = sqlite3_deserialize(handle_.get(), "main", copy, size, size,
                                         SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
  if (status != SQLITE_OK) fail(status);
  execute("PRAGMA trusted_schema = OFF");
  execute("PRAGMA cell_size_check = ON");
}

void Database::open(std::string const& path, int flags) {
  // Before SQLite is used for the first time, or never.
  [[maybe_unused]] static int const configured =
      sqlite3_config(SQLITE_CONFIG_LOG, note_failed_allocation, nullptr);
  sqlite3* handle = nullptr;
  int const status = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_EXRESCODE, nullptr);
  handle_.reset(handle);
  if (handle == nullptr) throw std::bad_alloc();
  if (status != SQLITE_OK) fail(status);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, max_bytes);
}

std::uint64_t Database::number(std::string const& sql) {
  Statement statement = prepare(sql);
  if (!statement.step()) fail_damaged("a number is missing");
  return statement.integer(0);
}

void Database::check_pages() {
  Statement check = prepare("PRAGMA integrity_check(1)");
  std::string const verdict = check.step() ? check.text(0) : "";
  if (verdict == "ok") return;
  // What the disk refuses is told like damage, with SQLite's code at the end.
  std::size_t const code = verdict.rfind("error code=");
  int const status = code == std::string::npos ? SQLITE_CORRUPT : std::atoi(verdict.c_str() + code + 11);
  if (is_about_the_file(status)) throw unreadable(shown_, sqlite3_errstr(status));
  fail_damaged("its pages do not fit together");
}

bool Database::has_moved() const {
  int moved = 0;
  return sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
         moved != 0;
}

std::string Database::serialize() {
  struct Free {
    void operator()(unsigned char* bytes) const { sqlite3_free(bytes); }
  };
  sqlite3_int64 size = 0;
  std::unique_ptr<unsigned char, Free> const bytes(sqlite3_serialize(handle_.get(), "main", &size, 0));
  if (!bytes) throw std::bad_alloc();
  return {reinterpret_cast<char const*>(bytes.get()), static_cast<std::size_t>(size)};
}

void Database::fail(int status) const {
  std::string const message = sqlite3_errmsg(handle_.get());
  if (status == SQLITE_NOMEM) {
    if (allocation_failed) throw std::bad_alloc();
    fail_damaged("what it says of its tables cannot be read");
  }
  if ((status & 0xff) == SQLITE_BUSY || (status & 0xff) == SQLITE_LOCKED) {
    if (int const reason = locking_error(path_); reason != 0)
      throw Error(ExitCode::file, "the store '" + shown_ + "' cannot be locked", std::strerror(reason),
                  "keep it on a file system with locks, or have them switched on");
    throw Error(ExitCode::file, "the store '" + shown_ + "' is in use", "another process has it open",
                "wait for it, or name another");
  }
  if (!is_about_the_file(status)) fail_damaged(message);
  int const reason = sqlite3_system_errno(handle_.get());
  throw unreadable(shown_, reason == 0 ? message : std::strerror(reason));
}

void Database::fail_damaged(std::string const& reason) const {
  throw Error(ExitCode::damaged, "'" + shown_ + "' is not a store of dsgd, or is damaged", reason,
              "name another, or remove it and begin again");
}

}  // namespace dsgd
