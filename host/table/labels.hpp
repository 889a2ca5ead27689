/// Columns whose texts tell rows apart: workers and steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "table/rows.hpp"

namespace dsgd::table {

/// The distinct texts of a column, and which of them each row has.
struct Labels {
  std::vector<std::string> names;     ///< ascending where all are numbers, else as they first appear
  std::vector<std::uint32_t> of_row;  ///< index into names
};

/// Leaves out names that no row has.
void drop_unused(Labels& labels);

/// Reads a whole number of up to 6 digits, none of them a 0 before others: the only text of that number.
/// @param begin, end  text that the number begins
/// @param number      set where there is one
/// @return            what follows it; null where none is there
inline char const* read_small_whole(char const* begin, char const* end, std::size_t& number) {
  char const* at = begin;
  number = 0;
  for (; at != end && *at >= '0' && *at <= '9' && at - begin <= 6; ++at)
    number = 10 * number + static_cast<std::size_t>(*at - '0');
  bool const is_only_text = at - begin == 1 || (at - begin > 1 && *begin != '0');
  return is_only_text && at - begin <= 6 ? at : nullptr;
}

/// Numbers the texts of a column as they appear.
class LabelReader {
 public:
  void take(std::string_view text);

  /// The same for a text that read_small_whole() found to be a number.
  void take(std::string_view text, std::size_t whole) {
    bool const known = whole < of_whole_.size() && of_whole_[whole] != 0;
    if (known)
      labels_.of_row.push_back(of_whole_[whole] - 1);
    else
      take(text);
  }

  /// To be called once. Puts names that are numbers in ascending order.
  Labels finish();

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  std::uint32_t number_of(std::string_view text);
  std::uint32_t add(std::string_view text);

  Labels labels_;
  std::vector<std::uint32_t> of_whole_;  ///< [n]: 1 + the number of the text n, 0 where there was none yet
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> index_;  ///< of other texts
};

/// Columns whose texts together tell rows apart. Those of several have '/' between them; what is '/' or '\\' in
/// one has '\\' before it, so that different texts never make the same label.
class LabelColumns {
 public:
  void add(std::size_t index) { indices_.push_back(index); }
  std::vector<std::size_t> const& indices() const { return indices_; }  ///< from 0

  /// Takes the label of a row; nothing where there is no column.
  void take(Fields const& row);

  /// The same, of the text of the one column that there is. @param whole  as LabelReader::take() takes it
  void take(std::string_view text) { reader_.take(text); }
  void take(std::string_view text, std::size_t whole) { reader_.take(text, whole); }

  /// As LabelReader::finish().
  Labels finish() { return reader_.finish(); }

 private:
  std::vector<std::size_t> indices_;
  LabelReader reader_;
  std::string label_;  ///< of several columns
};

}  // namespace dsgd::table
