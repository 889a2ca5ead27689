/// SQLite, as far as a store needs it: handles that close themselves, and errors as the program's own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace dsgd {

class Database;

/// What a database's file holds at a moment.
struct FileBytes {
  std::string bytes;
  bool changing;  ///< true where a transaction was under way, which may have torn them
};

/// Reads a database's file without a lock, without SQLite, and without changing anything.
/// @pre this process has no lock on the file, whose end this would be (it cannot ask)
/// @throws Error file where it cannot be read, or something stands beside it that is no file of SQLite's
FileBytes read_unlocked(std::string const& path, std::string const& shown);

/// A prepared statement. Parameters are numbered from 1, columns from 0.
class Statement {
 public:
  Statement& bind(int parameter, std::uint64_t value);          ///< its bits, as SQLite's signed integer
  Statement& bind_text(int parameter, std::string_view value);  ///< which must outlive the next step
  Statement& bind_bytes(int parameter, std::string_view value);

  /// @return is there a row?
  bool step();

  /// Runs a statement without rows, and makes it ready for other values.
  void run();

  /// @throws Error damaged where the column holds another type
  std::uint64_t integer(int column) const;
  std::string text(int column) const;
  std::string bytes(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  Statement(Database& database, std::string const& sql);
  void check_bound(int status) const;
  std::string content(int column, int type) const;

  Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// Sizes of what a database holds are bounded by SQLite itself.
class Database {
 public:
  enum class Access {
    shared,    ///< for reading; finishes what a killed writer left behind, where the file may be written
    exclusive  ///< for reading and writing; nobody else may open it meanwhile
  };

  /// In memory.
  Database();

  /// An existing file. @param shown  the path as the user knows it, for messages
  /// @throws Error file where it cannot be opened or another process has it; damaged where it is no database
  Database(std::string const& path, std::string shown, Access access);

  /// A copy of a file's bytes, to be read alone. @throws Error damaged where they are no database by themselves
  Database(std::string_view bytes, std::string shown);

  Statement prepare(std::string const& sql) { return {*this, sql}; }
  void execute(std::string const& sql) { prepare(sql).run(); }

  /// The one number that a statement gives.
  std::uint64_t number(std::string const& sql);

  /// @throws Error damaged where its pages do not fit together; file where they cannot be read
  void check_pages();

  /// Has the file been deleted, moved or replaced since it was opened? What is written then is lost, or goes
  /// where nobody looks for it.
  bool has_moved() const;

  /// The file that this database would be.
  std::string serialize();

  /// @throws Error for what SQLite did not like: file where reading or writing failed, else damaged
  [[noreturn]] void fail(int status) const;

  /// @throws Error damaged: "'path' is not a store of dsgd, or is damaged (reason)..."
  [[noreturn]] void fail_damaged(std::string const& reason) const;

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* handle) const;
  };

  void open(std::string const& path, int flags);

  std::string path_;   ///< empty in memory
  std::string shown_;  ///< to the user
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace dsgd
