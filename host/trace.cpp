#include "trace.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "dsgd/error.hpp"
#include "number.hpp"
#include "plain_text.hpp"
#include "sha256.hpp"

namespace dsgd {
namespace {

constexpr std::size_t max_line_bytes = 1 << 20;
constexpr std::size_t shown_bytes = 40;  ///< of a field, in messages

[[noreturn]] void refuse(std::string const& path, std::string const& problem, std::string const& advice) {
  throw Error(ExitCode::usage, "--law empirical: '" + path + "' " + problem + ": " + advice);
}

[[noreturn]] void cannot_read(std::string const& path, std::string const& why) {
  throw Error(ExitCode::file, "--law empirical: '" + path + "' cannot be read (" + why +
                                  "): give the path of a readable file");
}

std::string hexadecimal(char byte) {
  std::array<char, 5> text{};
  std::snprintf(text.data(), text.size(), "0x%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
  return text.data();
}

std::string_view trimmed(std::string_view text) {
  std::size_t const first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Fields of a line, without the quotes around them and with those inside undoubled.
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    char const c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  for (std::string& field : fields) field = trimmed(field);
  return fields;
}

/// A number in full, also one that no delay can be (nan, inf, -1); infinite where it is too large.
std::optional<double> to_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) return HUGE_VAL;
  return value;
}

std::string list_columns(std::vector<std::string> const& fields) {
  constexpr std::size_t shown = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(fields.size(), shown); ++i)
    text.append(i == 0 ? "" : ", ").append(excerpt(fields[i], shown_bytes));
  return fields.size() > shown ? text + ", ..." : text;
}

bool is_column_number(std::string_view text) {
  return !text.empty() && text.size() < 10 && text.front() != '0' &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Takes a file's lines one by one and keeps the numbers of one column.
class TraceReader {
 public:
  TraceReader(std::string path, std::string column) : path_(std::move(path)) {
    trace_.column = std::move(column);
  }

  void take_line(std::string_view line) {
    ++line_number_;
    if (line_number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);  // byte order mark
    if (std::size_t const at = find_no_text(line); at != std::string_view::npos)
      refuse(path_, "is binary (" + line_name() + " has the byte " + hexadecimal(line[at]) + ")",
             "give a text file, in UTF-8");
    if (trimmed(line).empty()) return;
    std::vector<std::string> const fields = fields_of(line);
    if (!chosen_) {
      choose_column(fields);
      if (!to_number(fields[index_])) return;  // the header
    }
    if (index_ >= fields.size())
      refuse(path_, line_name() + " ends before column " + trace_.column + " (every line needs a value)",
             "mend the line");
    take_value(fields[index_]);
  }

  Trace finish(std::string sha256) {
    if (trace_.values.size() < 2)
      refuse(path_, "holds " + std::to_string(trace_.values.size()) + " values (a law needs two)",
             "give more values, or --law constant:value=");
    trace_.sha256 = std::move(sha256);
    return std::move(trace_);
  }

  std::string line_name() const { return "line " + std::to_string(line_number_); }

 private:
  void choose_column(std::vector<std::string> const& fields) {
    std::string const columns = " (its columns: " + list_columns(fields) + ")";
    std::string const& wanted = trace_.column;
    if (wanted.empty() && fields.size() > 1)
      refuse(path_, "has " + std::to_string(fields.size()) + " columns" + columns, "choose one with column=");
    auto const named = std::find(fields.begin(), fields.end(), wanted);
    auto const same_name = std::count(fields.begin(), fields.end(), wanted);
    if (same_name > 1 && !is_column_number(wanted))
      refuse(path_, "has " + std::to_string(same_name) + " columns '" + wanted + "' (one is needed)",
             "give its number from 1, as column=" + std::to_string(named - fields.begin() + 1));
    if (wanted.empty())
      index_ = 0;
    else if (is_column_number(wanted))
      index_ = std::stoul(wanted) - 1;
    else
      index_ = static_cast<std::size_t>(named - fields.begin());
    if (index_ >= fields.size())
      refuse(path_, "has no column '" + wanted + "'" + columns, "name one of them, or its number from 1");
    chosen_ = true;

    std::string const& header = fields[index_];
    bool const names_it = !header.empty() && !to_number(header) && !is_column_number(header) &&
                          header.find_first_of(":\t\r") == std::string::npos &&
                          std::count(fields.begin(), fields.end(), header) == 1;
    trace_.column = names_it ? header : std::to_string(index_ + 1);
  }

  void take_value(std::string const& field) {
    std::optional<double> const value = to_number(field);
    auto const refuse_value = [&](std::string const& problem) {
      refuse(path_, line_name() + ": '" + excerpt(field, shown_bytes) + "' " + problem, "mend the line");
    };
    if (!value) refuse_value("is no number (delays are)");
    if (std::isnan(*value)) refuse_value("is not a number (delays are)");
    if (*value < 0) refuse_value("is negative (delays are not)");
    if (*value > max_trace_value)
      refuse_value("is above " + shortest(max_trace_value) + " (too large for 32-bit numbers)");
    if (trace_.values.size() == max_trace_values)
      refuse(path_, "has more than " + std::to_string(max_trace_values) + " values (they are kept in memory)",
             "give fewer");
    trace_.values.push_back(*value + 0.0);  // -0 + 0 = 0
  }

  std::string path_;
  Trace trace_;
  std::size_t index_ = 0;  ///< of the column
  bool chosen_ = false;
  std::uint64_t line_number_ = 0;
};

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

Trace read_trace(std::string const& path, std::string const& column) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) cannot_read(path, "it is a folder");
  std::unique_ptr<std::FILE, CloseFile> const file(std::fopen(path.c_str(), "rb"));
  if (!file) cannot_read(path, std::strerror(errno));

  TraceReader reader(path, column);
  Sha256 sha256;
  std::uint64_t bytes = 0;
  std::string rest;  // of a line whose end is not yet read
  std::array<char, 1 << 16> buffer;
  while (std::size_t const count = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    bytes += count;
    if (bytes > max_trace_bytes)
      refuse(path, "is larger than " + std::to_string(max_trace_bytes) + " bytes (it is kept in memory)",
             "give a part of it");
    std::string_view text(buffer.data(), count);
    sha256.add(text);
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      rest.append(text.substr(0, end));
      reader.take_line(rest);
      rest.clear();
      text.remove_prefix(end + 1);
    }
    rest.append(text);
    if (rest.size() > max_line_bytes)
      refuse(path,
             "has a line of more than " + std::to_string(max_line_bytes) + " bytes after " +
                 reader.line_name() + " (it is no table of numbers)",
             "give a CSV file");
  }
  if (std::ferror(file.get())) cannot_read(path, std::strerror(errno));
  if (!rest.empty()) reader.take_line(rest);
  return reader.finish(sha256.finish());
}

void complete(Empirical& law) {
  Trace trace = read_trace(law.file, law.column);
  std::string wanted = law.sha256;
  std::transform(wanted.begin(), wanted.end(), wanted.begin(),
                 [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (!wanted.empty() && wanted != trace.sha256)
    refuse(law.file, "has the SHA-256 " + trace.sha256 + " and not the one given (the data differ)",
           "give the file that was meant, or leave sha256= out");

  law.file = std::filesystem::path(law.file).filename().string();
  law.column = std::move(trace.column);
  law.sha256 = std::move(trace.sha256);
  auto const [smallest, largest] = std::minmax_element(trace.values.begin(), trace.values.end());
  law.note = law.file + ": " + std::to_string(trace.values.size()) + " values in column " + law.column +
             ", from " + shortest(*smallest) + " to " + shortest(*largest);
  law.set_values(std::move(trace.values));
}

}  // namespace dsgd
