/// Columns of text that no key names: they may tell jobs, phases or other kinds of times apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dsgd::table {

/// The few texts of such a column, and which of them each row has.
struct Kinds {
  std::string column;                ///< its name, as keys take it
  std::vector<std::string> names;    ///< as they first appear; 2 to most_kinds
  std::vector<std::uint8_t> of_row;  ///< index into names
};

/// Leaves out names that no row has.
void drop_unused(Kinds& kinds);

/// Columns with more texts tell no kinds apart.
inline constexpr std::size_t most_kinds = 20;

/// Reads such a column, until it has too many texts.
class KindReader {
 public:
  KindReader(std::size_t index, std::string column) : index_(index) { kinds_.column = std::move(column); }

  std::size_t index() const { return index_; }  ///< of the column, from 0

  void take(std::string_view text);

  /// To be called once. Without names where they are too many, or one.
  Kinds finish();

 private:
  std::size_t index_;
  bool has_too_many_ = false;
  Kinds kinds_;
};

/// Some of the names, for a message: "ST, AR, SE".
std::string some_names(Kinds const& kinds);

}  // namespace dsgd::table
