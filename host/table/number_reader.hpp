/// Numbers of a table, whose decimals stand behind a point or a comma.
#pragma once

#include <optional>
#include <string_view>

#include "table/cell.hpp"
#include "table/column.hpp"
#include "table/refuse.hpp"
#include "table/rows.hpp"

namespace dsgd::table {

/// A comma is a decimal where that is given; else where it separates no fields, may separate no thousands, and
/// no number before has a point.
class NumberReader {
 public:
  /// @param source           for messages; a reference to it is kept
  /// @param decimal          where it is given
  /// @param comma_separates  true where commas separate fields
  NumberReader(Source const& source, std::optional<Decimal> decimal, bool comma_separates)
      : source_(source), decimal_(decimal), comma_separates_(comma_separates) {}

  /// True where decimals stand behind points alone.
  bool has_points_alone() const { return decimal_ ? *decimal_ == Decimal::point : comma_separates_; }

  /// @param row, column  of the field, for messages
  /// @return  the number, in [0, max_delay]; NaN for what is none
  /// @throws Error usage where the decimal is not that of the numbers before
  double read(std::string_view field, Row const& row, Column const& column);

 private:
  [[noreturn]] void refuse_mixture(std::string_view field, Row const& row, Column const& column) const;

  Source const& source_;
  std::optional<Decimal> decimal_;
  bool comma_separates_;
  bool has_point_ = false, has_comma_ = false;  ///< of the numbers so far
};

}  // namespace dsgd::table
