/// Which rows of a table are taken: those whose fields of some columns are given texts.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "table/refuse.hpp"
#include "table/rows.hpp"

namespace dsgd::table {

/// A row is taken where its field of the column is this text.
struct Condition {
  std::string column, text;
};

/// Conditions whose columns are found, all of which must hold.
class Conditions {
 public:
  struct Found {
    std::size_t index;  ///< of the column, from 0
    std::string text;
    std::vector<std::string> others = {};  ///< what rows hold there instead, some of it
  };

  void add(std::size_t index, std::string text) { all_.push_back({index, std::move(text)}); }
  std::vector<Found> const& all() const { return all_; }

  /// True of a row that is taken.
  bool hold_in(Fields const& row);

  /// @param names  of the columns, in the order in which conditions were added
  /// @throws Error usage where no row was taken, saying what rows have
  void require_a_row(Source const& source, std::vector<Condition> const& names) const;

 private:
  std::vector<Found> all_;
  bool held_ = false;
};

}  // namespace dsgd::table
