/// A table's text in rows and fields, as CSV files have them.
///
/// LF, CR LF and CR end a row. A double quote that begins a field opens a quoted one, which may hold
/// separators and line ends, and doubled quotes for its own; anywhere else a quote is like any character, as
/// it is in rows that begin with '#'.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "table/refuse.hpp"

namespace dsgd::table {

inline constexpr std::size_t max_row_bytes = 1 << 20;

struct Row {
  std::string_view text;   ///< UTF-8, without the line end
  std::uint64_t line = 0;  ///< where it begins, from 1
  bool quoted = false;     ///< has a quoted field
};

/// "line 7", for messages.
inline std::string line_name(Row const& row) { return "line " + std::to_string(row.line); }

/// Takes the bytes of a file in pieces and hands on the rows.
class RowReader {
 public:
  /// @param source  for messages
  /// @param take    gets each row, empty ones too; its text lives during the call only
  RowReader(Source source, std::function<void(Row const&)> take);

  /// @throws Error usage for a file in another format than text of UTF-8, naming the format or the first
  /// byte; for rows longer than max_row_bytes; and what `take` throws
  void add(std::string_view bytes);

  /// To be called once, at the end of the file.
  /// @throws Error as add(), and usage for a quoted field that does not end
  void finish();

 private:
  enum class Place { row_start, field_start, plain, quoted, closed, comment };

  std::size_t take_lines(std::string_view bytes);
  void end_row(std::string_view text);
  void check_text(std::string_view text) const;
  [[noreturn]] void refuse_open_quote(std::string const& where_searched) const;

  Source source_;
  std::function<void(Row const&)> take_;
  std::string rest_;  ///< of a row whose end is not yet read
  std::uint64_t line_ = 1, row_line_ = 1, quote_line_ = 1;
  Place place_ = Place::row_start;
  bool begun_ = false;
  bool quoted_ = false;                                ///< the row has a quoted field
  bool last_was_cr_ = false;                           ///< an LF that follows belongs to it
  bool bytes_are_plain_ = true, row_is_plain_ = true;  ///< known to be text: what is added, the row so far
};

/// The fields of one row, without blanks and quotes around them; they live as long as the row does.
class Fields {
 public:
  /// @param separator  a blank stands for any number of blanks and tabs, those at both ends left out
  /// @return what is wrong with the row's quotes, for a message; empty where nothing is
  std::string_view split(Row const& row, char separator);

  std::size_t size() const { return fields_.size(); }
  std::string_view operator[](std::size_t index) const { return fields_[index]; }
  std::vector<std::string> copy() const { return {fields_.begin(), fields_.end()}; }

 private:
  std::string_view take_quoted(std::string_view& rest);

  std::vector<std::string_view> fields_;
  std::string unquoted_;  ///< what quoted fields with doubled quotes say
};

/// @param source  for the message
/// @throws Error usage, naming the line, where the quotes of the row are wrong
void split_or_refuse(Row const& row, char separator, Source const& source, Fields& fields);

/// True for a blank, a tab and the characters of line ends.
inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Without blanks and line ends around it.
std::string_view trimmed(std::string_view text);

}  // namespace dsgd::table
