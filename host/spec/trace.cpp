#include "spec/trace.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "bytes/sha256.hpp"
#include "dsgd/error.hpp"
#include "table/cell.hpp"
#include "table/column.hpp"
#include "table/refuse.hpp"
#include "table/rows.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"

namespace dsgd {
namespace {

using table::refuse;

[[noreturn]] void cannot_read(std::string const& path, std::string const& why) {
  throw Error(ExitCode::file, "--law empirical: '" + path + "' cannot be read (" + why +
                                  "): give the path of a readable file");
}

std::string count_of(std::size_t count, std::string const& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// Takes a table's rows one by one and keeps the numbers of one column. The first two are held back until
/// both are known: they show what separates fields, and whether the first is a header.
class TraceReader {
 public:
  TraceReader(std::string path, std::string wanted) : path_(std::move(path)), wanted_(std::move(wanted)) {}

  void take(table::Row const& row) {
    std::string_view const text = table::trimmed(row.text);
    if (text.empty()) return;
    if (text.front() == '#') return take_comment(row, text.substr(1));
    if (column_) return take_values(row);
    (top_.first ? top_.second : top_.first).emplace(row);
    if (top_.second) begin();
  }

  Trace finish(std::string sha256) {
    if (top_.first && !column_) begin();
    if (trace_.values.size() < 2)
      refuse(path_, "holds " + count_of(trace_.values.size(), "value") + " (a law needs two)",
             "give more values, or --law constant:value=");
    trace_.sha256 = std::move(sha256);
    return std::move(trace_);
  }

 private:
  void take_comment(table::Row row, std::string_view text) {
    if (top_.first) {
      ++trace_.comments;
      return;
    }
    row.text = text;
    row.quoted = text.find('"') != std::string_view::npos;
    top_.comment.emplace(row);
  }

  /// Decides which column is meant, and takes the rows that were held back.
  void begin() {
    column_ = table::find_column(top_, wanted_, path_);
    trace_.column = column_->name;
    trace_.named_by_number = column_->named_by_number;
    if (!column_->first_is_header) take_values(*top_.first);
    if (top_.second) take_values(*top_.second);
  }

  void take_values(table::Row const& row) {
    table::split_or_refuse(row, column_->separator, path_, fields_);
    bool const one_more = fields_.size() == column_->fields + 1 && fields_[column_->fields].empty();
    if (fields_.size() != column_->fields && !one_more) refuse_size(row);
    std::string_view const field = fields_[column_->index];
    std::optional<double> const value = table::delay_of(field);
    if (!value) refuse_value(row, field);
    if (trace_.values.size() == max_trace_values)
      refuse(path_, "has more than " + std::to_string(max_trace_values) + " values (they are kept in memory)",
             "give fewer");
    trace_.values.push_back(*value);
  }

  [[noreturn]] void refuse_value(table::Row const& row, std::string_view field) const {
    table::CellProblem const problem = table::problem_of(field);
    std::string const shown = field.empty() ? "" : ": '" + excerpt(field, table::shown_bytes) + "'";
    refuse(path_, line_name(row) + ", column " + column_->name + shown + " " + problem.what, problem.advice);
  }

  [[noreturn]] void refuse_size(table::Row const& row) const {
    std::string const sizes = line_name(row) + " has " + count_of(fields_.size(), "field") + " where line " +
                              std::to_string(top_.first->line) + " has " + std::to_string(column_->fields);
    if (fields_.size() < column_->fields)
      refuse(path_, sizes + " (every row needs them all)", "add what is missing, or delete the row");
    if (column_->separator == ',')
      for (std::size_t const first : {column_->index, std::size_t{0}})
        for (std::size_t i = first; i + 1 < fields_.size(); ++i) {
          std::string const joined = std::string(fields_[i]) + "," + std::string(fields_[i + 1]);
          if (auto const plain = table::without_commas(joined))
            refuse(path_, sizes + " (is '" + excerpt(joined, table::shown_bytes) + "' one number?)",
                   "write it as " + *plain + ", and put text that holds commas in quotes");
        }
    refuse(path_, sizes + " (there is a separator too many)",
           "remove it, or put text that holds it in quotes");
  }

  static std::string line_name(table::Row const& row) { return "line " + std::to_string(row.line); }

  std::string path_, wanted_;
  Trace trace_;
  table::Top top_;
  std::optional<table::Column> column_;
  table::Fields fields_;
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
  table::RowReader rows(path, [&](table::Row const& row) { reader.take(row); });
  Sha256 sha256;
  std::uint64_t bytes = 0;
  std::array<char, 1 << 16> buffer;
  while (std::size_t const count = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    bytes += count;
    if (bytes > max_trace_bytes)
      refuse(path, "is larger than " + std::to_string(max_trace_bytes) + " bytes (it is kept in memory)",
             "give a part of it");
    std::string_view const text(buffer.data(), count);
    sha256.add(text);
    rows.add(text);
  }
  if (std::ferror(file.get())) cannot_read(path, std::strerror(errno));
  rows.finish();
  return reader.finish(sha256.finish());
}

void complete(Empirical& law) {
  Trace trace = read_trace(law.file, law.column);
  std::string wanted = law.sha256;
  std::transform(wanted.begin(), wanted.end(), wanted.begin(),
                 [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (!wanted.empty() && wanted != trace.sha256)
    refuse(law.file, "has the SHA-256 " + trace.sha256 + " and not the one given (the data differ)",
           "give the right file, or remove sha256=");

  law.file = std::filesystem::path(law.file).filename().string();
  law.column = std::move(trace.column);
  law.sha256 = std::move(trace.sha256);
  auto const [smallest, largest] = std::minmax_element(trace.values.begin(), trace.values.end());
  law.note = law.file + ": " + std::to_string(trace.values.size()) + " values in column " + law.column +
             (trace.named_by_number ? " (named so in the header)" : "") + ", from " + shortest(*smallest) +
             " to " + shortest(*largest);
  if (trace.comments > 0) law.note += ", without " + count_of(trace.comments, "comment");
  law.set_values(std::move(trace.values));
}

}  // namespace dsgd
