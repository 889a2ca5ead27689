/// Rows of numbers and labels alone: without quotes, blanks, signs and exponents.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "table/rows.hpp"

namespace dsgd::table {

/// Reads such rows in a third of the time that Fields take. Any other row is left to these.
class PlainRows {
 public:
  enum class Role { none, time, label };

  /// What a row holds in a column of labels.
  struct Field {
    std::string_view text = {};
    std::size_t whole = 0;  ///< the number that it is
    bool is_whole = false;
  };

  /// Reads no row.
  PlainRows() = default;

  /// @param roles  of the columns: every row has as many fields
  PlainRows(char separator, std::vector<Role> roles)
      : separator_(separator), roles_(std::move(roles)), fields_(roles_.size()) {}

  /// @param times  in the order of the columns; a row's are added
  /// @return       false where the row is left to Fields: nothing is added then
  bool read(Row const& row, std::vector<double>& times);

  /// The label of the row that was read last, in a column of labels; it lives as long as that row.
  Field const& label(std::size_t column) const { return fields_[column]; }

 private:
  bool read_fields(std::string_view row, std::vector<double>& times);

  char separator_ = ',';
  std::vector<Role> roles_;
  std::vector<Field> fields_;
};

}  // namespace dsgd::table
