#include "table/rows.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "text/plain_text.hpp"

namespace dsgd::table {
namespace {

/// Files of other formats, by how they begin.
struct Format {
  std::string_view beginning, name, advice;
};

constexpr std::array<Format, 7> formats{{
    {"\xFF\xFE", "is text in UTF-16 or UTF-32", "save it as UTF-8"},
    {"\xFE\xFF", "is text in UTF-16", "save it as UTF-8"},
    {std::string_view("\0\0\xFE\xFF", 4), "is text in UTF-32", "save it as UTF-8"},
    {"\x1F\x8B", "is compressed by gzip", "unpack it, and give the CSV file in it"},
    {"\x28\xB5\x2F\xFD", "is compressed by zstd", "unpack it, and give the CSV file in it"},
    {"PK\x03\x04", "is a zip archive, or a workbook (.xlsx)", "give a CSV file of one of its tables"},
    {"PAR1\x15", "is in the format Parquet", "write its column to a CSV file"},
}};

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The characters that end a field or a row. Any of the separators begins a field here, whichever of them
/// the table uses: that is known only when its first rows are.
bool ends_field(char c) {
  static constexpr auto table = [] {
    std::array<bool, 256> ends{};
    for (char const end : {',', ';', '\t', '\r', '\n'}) ends[static_cast<unsigned char>(end)] = true;
    return ends;
  }();
  return table[static_cast<unsigned char>(c)];
}

std::string hexadecimal(char byte) {
  std::array<char, 5> text{};
  std::snprintf(text.data(), text.size(), "0x%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
  return text.data();
}

/// True for what is text for sure: ASCII without control characters but for blanks and line ends.
bool is_plain(std::string_view bytes) {
  unsigned char other = 0;  // without a branch, so that compilers make vectors of it
  for (char const c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    unsigned char const blank = byte == '\t' || byte == '\n' || byte == '\r';
    unsigned char const printable = byte >= 0x20 && byte < 0x7F;
    other = static_cast<unsigned char>(other | ((blank | printable) ^ 1));
  }
  return other == 0;
}

/// Line ends in a text: LF, CR LF or CR.
std::uint64_t count_line_ends(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))) ++count;
  return count;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

RowReader::RowReader(Source source, std::function<void(Row const&)> take)
    : source_(std::move(source)), take_(std::move(take)) {}

void RowReader::refuse_open_quote(std::string const& where_searched) const {
  refuse(source_,
         "line " + std::to_string(quote_line_) + " begins a quote that does not end " + where_searched,
         "a quote that begins a field ends with another", "close it, or remove it");
}

void RowReader::check_text(std::string_view text) const {
  std::size_t const at = find_no_text(text);
  if (at == std::string_view::npos) return;
  std::string const line = std::to_string(row_line_ + count_line_ends(text.substr(0, at)));
  refuse(source_, "is binary", "line " + line + " has the byte " + hexadecimal(text[at]),
         "give a text file, in UTF-8");
}

/// @param text  the last part of the row
void RowReader::end_row(std::string_view text) {
  if (!rest_.empty()) text = rest_.append(text);
  if (!row_is_plain_) check_text(text);
  take_({text, row_line_, quoted_});
  rest_.clear();
  row_is_plain_ = bytes_are_plain_;
  row_line_ = line_;
  quoted_ = false;
}

/// Takes the rows that end in bytes without quotes: most rows of most files, in a fraction of the time.
/// @return where the first row begins that does not end there
/// @pre no quoted field is open
std::size_t RowReader::take_lines(std::string_view bytes) {
  std::size_t begin = last_was_cr_ && bytes.starts_with('\n') ? 1 : 0;
  std::size_t lf = bytes.find('\n', begin), cr = bytes.find('\r', begin);
  while (std::min(lf, cr) != std::string_view::npos) {
    std::size_t const end = std::min(lf, cr);
    ++line_;
    end_row(bytes.substr(begin, end - begin));
    begin = end + 1;
    if (end == cr && lf == begin) ++begin;
    if (lf < begin) lf = bytes.find('\n', begin);
    if (cr < begin) cr = bytes.find('\r', begin);
  }
  if (begin == 0) return 0;
  place_ = Place::row_start;
  last_was_cr_ = begin == bytes.size() && bytes.back() == '\r';
  return begin;
}

void RowReader::add(std::string_view bytes) {
  if (!std::exchange(begun_, true)) {
    auto const same = [&](Format const& format) { return bytes.starts_with(format.beginning); };
    if (auto const found = std::find_if(formats.begin(), formats.end(), same); found != formats.end())
      refuse(source_, std::string(found->name), "text in UTF-8 is read", std::string(found->advice));
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  }
  bytes_are_plain_ = is_plain(bytes);
  row_is_plain_ = bytes_are_plain_ && (rest_.empty() || row_is_plain_);
  bool const has_quotes = place_ == Place::quoted || bytes.find('"') != std::string_view::npos;
  std::size_t row_start = has_quotes ? 0 : take_lines(bytes);
  for (std::size_t i = row_start; i < bytes.size();) {
    char const c = bytes[i++];
    bool const ends_line = c == '\r' || (c == '\n' && !last_was_cr_);
    bool const starts = place_ == Place::row_start || place_ == Place::field_start;
    last_was_cr_ = c == '\r';
    if (place_ == Place::quoted) {
      if (c == '"') place_ = Place::closed;
      if (ends_line) ++line_;
    } else if (c == '"' && place_ == Place::closed) {
      place_ = Place::quoted;  // the two quotes stand for one
    } else if (c == '"' && starts) {
      place_ = Place::quoted;
      quoted_ = true;
      quote_line_ = line_;
    } else if (c == '\r' || c == '\n') {
      place_ = Place::row_start;
      if (ends_line) {
        ++line_;
        end_row(bytes.substr(row_start, i - 1 - row_start));
      }
      row_start = i;
    } else if (ends_field(c)) {
      if (place_ != Place::comment) place_ = Place::field_start;
    } else if (c != ' ' || !starts) {
      if (place_ != Place::comment)
        place_ = c == '#' && place_ == Place::row_start ? Place::comment : Place::plain;
      while (i < bytes.size() && !ends_field(bytes[i])) ++i;
    }
  }
  rest_.append(bytes.substr(row_start));
  if (rest_.size() <= max_row_bytes) return;
  check_text(std::string_view(rest_).substr(0, max_row_bytes - 3));  // the last character may be incomplete
  if (place_ == Place::quoted) refuse_open_quote("within " + std::to_string(max_row_bytes) + " bytes");
  refuse(source_,
         "has a line of more than " + std::to_string(max_row_bytes) + " bytes after line " +
             std::to_string(row_line_ - 1),
         "it is not a table of numbers", "give a CSV file");
}

void RowReader::finish() {
  if (place_ == Place::quoted) {
    check_text(rest_);
    refuse_open_quote("before the end of the file");
  }
  if (!rest_.empty()) end_row("");
}

/// Takes what stands between quotes from a text that begins with one.
/// @return what is wrong with it; empty where nothing is
std::string_view Fields::take_quoted(std::string_view& rest) {
  std::size_t const start = unquoted_.size();
  std::size_t end = 1;
  while (end < rest.size() && (rest[end] != '"' || rest.substr(end).starts_with("\"\""))) {
    unquoted_ += rest[end];
    end += rest[end] == '"' ? 2 : 1;
  }
  if (end == rest.size()) return "has a quote that does not end";
  fields_.push_back(trimmed(std::string_view(unquoted_).substr(start)));
  rest.remove_prefix(end + 1);
  return {};
}

std::string_view Fields::split(Row const& row, char separator) {
  constexpr std::string_view text_after_quote = "has text after a closing quote";
  fields_.clear();
  unquoted_.clear();
  // The fields refer to it, so that it must not move. Between blanks there are quotes that row.quoted says nothing of.
  unquoted_.reserve(row.text.size());
  std::string_view rest = row.text;
  if (separator == ' ') {
    for (rest = trimmed(rest); !rest.empty(); rest = trimmed(rest)) {
      if (rest.front() == '"') {
        if (auto const problem = take_quoted(rest); !problem.empty()) return problem;
        if (!rest.empty() && rest.front() != ' ' && rest.front() != '\t') return text_after_quote;
        continue;
      }
      std::size_t const end = std::min(rest.find_first_of(" \t"), rest.size());
      fields_.push_back(rest.substr(0, end));
      rest.remove_prefix(end);
    }
    return {};
  }
  if (!row.quoted) {
    for (std::size_t begin = 0;; ++begin) {
      std::size_t end = begin;
      while (end < rest.size() && rest[end] != separator) ++end;
      fields_.push_back(trimmed(rest.substr(begin, end - begin)));
      if (end >= rest.size()) return {};
      begin = end;
    }
  }
  std::string_view const blanks = separator == '\t' ? " " : " \t";
  for (;;) {
    std::size_t const begin = rest.find_first_not_of(blanks);
    if (begin != std::string_view::npos && rest[begin] == '"') {
      rest.remove_prefix(begin);
      if (auto const problem = take_quoted(rest); !problem.empty()) return problem;
      rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
      if (!rest.empty() && rest.front() != separator) return text_after_quote;
    } else {
      std::size_t const end = std::min(rest.find(separator), rest.size());
      fields_.push_back(trimmed(rest.substr(0, end)));
      rest.remove_prefix(end);
    }
    if (rest.empty()) return {};
    rest.remove_prefix(1);
  }
}

void split_or_refuse(Row const& row, char separator, Source const& source, Fields& fields) {
  std::string_view const problem = fields.split(row, separator);
  if (!problem.empty())
    refuse(source, "line " + std::to_string(row.line) + " " + std::string(problem),
           "a quote in quoted text is written twice", "correct the quotes");
}

}  // namespace dsgd::table
