/// The store: what is known of each point, in one file that survives whatever ends the program.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "run/draw_groups.hpp"
#include "store/database.hpp"
#include "store/description.hpp"

namespace dsgd {

/// Some units of a point's work, done.
struct StoredRange {
  IterationRange units;
  Summary summary;
};

using NamedRange = std::pair<std::string, StoredRange>;  ///< with the text of its point

/// An SQLite file with one row per point: its text, the units that are done, their summary, and a checksum.
/// Rows change in transactions: whenever the program ends, the file holds the last of them whole.
class Store {
 public:
  /// Begins a store where there is none, whole or not at all; else opens one and checks every byte that
  /// counts.
  /// @throws Error file where it cannot be read or written; damaged, naming what differs, where it is no
  /// store, a damaged one, of another version, or of another sweep
  Store(std::string const& path, Description const& wanted);

  /// Opens an existing one, of whatever sweep. @throws Error as above
  explicit Store(std::string const& path);

  /// What an existing one holds now, checked like any store. Nothing is locked or changed, and nobody waits: it
  /// is a copy of the file's bytes, and one that was torn by a transaction of another process does not pass the
  /// checks, and is taken again. @return a store that is not to be saved
  /// @pre this process has not opened it (its locks would end)
  /// @throws Error as above; file also where a run was killed amid a transaction, which the next one undoes
  static Store snapshot(std::string const& path);

  /// @throws Error file, where there is one: a store is never overwritten
  static void require_none(std::string const& path);

  /// A whole new one, where no file is. @throws Error file
  static void write_new(std::string const& path, Description const& description,
                        std::span<NamedRange const> points);

  std::string const& path() const { return path_; }
  Description const& description() const { return description_; }

  /// Points that something is known of, those of other sweeps among them.
  std::size_t size() const { return rows_.size(); }

  /// What is known of a point, by its point_text(); nothing where nothing is.
  /// @throws Error damaged where the summary cannot be one
  std::optional<StoredRange> find(std::string const& point) const;

  /// Writes down what the store is of from now on. @pre the sweep is the one that the store was opened for
  /// (joined() looks)
  /// @throws Error file
  void note_sweep(Description const& sweep);

  /// Writes down that the store holds points of the sweep's laws, too; what it is of stays as it was.
  /// @throws Error file
  void note_laws(Description const& sweep);

  /// Is the file no longer where it was opened? What is saved then is lost.
  bool has_moved() const { return database_.has_moved(); }

  /// Replaces what is known of some points: of all in the file, or of none. @throws Error file
  void save(std::span<NamedRange const> points);

 private:
  struct Fresh {};
  struct Row {
    std::uint64_t number = 0;  ///< in the file, from 1
    std::uint64_t checksum = 0;
    std::string summary;  ///< bytes
    IterationRange units{};
  };

  /// @return false where a file is already, which stays as it is
  static bool create(std::string const& path, Description const& description,
                     std::span<NamedRange const> points);

  /// In memory.
  Store(Fresh, std::string path, Description description);
  Store(std::string path, Database database);
  void load();
  void load_header();
  void check_description() const;
  void describe_as(Description const& now);
  void put_header(std::uint64_t row, std::string const& text);

  std::string path_;
  Database database_;
  Description description_;
  std::unordered_map<std::string, Row> rows_;
  std::uint64_t next_number_ = 1;
  std::uint64_t sum_ = 0;  ///< of the rows' checksums: tells when a row is missing
};

}  // namespace dsgd
