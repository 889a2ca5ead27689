#include "store/store.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <initializer_list>
#include <system_error>
#include <thread>
#include <utility>

#include "bytes/file.hpp"
#include "bytes/sha256.hpp"
#include "bytes/summary_bytes.hpp"
#include "dsgd/arithmetic/version.hpp"
#include "dsgd/draw/address.hpp"
#include "dsgd/error.hpp"
#include "text/plain_text.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t application = 0x64736764;  // "dsgd", where SQLite's files say whose they are
constexpr std::uint64_t format = 1;

constexpr std::string_view header_table =
    "CREATE TABLE header(id INTEGER PRIMARY KEY, text TEXT, checksum INTEGER)";
constexpr std::string_view points_table =
    "CREATE TABLE points(id INTEGER PRIMARY KEY, point TEXT, first INTEGER, count INTEGER, summary BLOB, "
    "checksum INTEGER)";

constexpr std::uint64_t max_rows = std::uint64_t{1} << 62;  ///< SQLite counts them by signed integers

/// Rows of the header.
constexpr std::uint64_t description_row = 1, totals_row = 2;

/// 64 bits of SHA-256 over all that a row says. @param texts  of which none is the beginning of another row's
std::uint64_t checksum(std::string_view table, std::initializer_list<std::uint64_t> numbers,
                       std::string_view text, std::string_view bytes) {
  Sha256 hash;
  std::string head(table);
  for (std::uint64_t const number : numbers) head += " " + std::to_string(number);
  hash.add(head + " " + std::to_string(text.size()) + " ");
  hash.add(text);
  hash.add(bytes);
  std::string const digits = hash.finish();
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + 16, value, 16);
  return value;
}

std::uint64_t header_checksum(std::uint64_t row, std::string_view text) {
  return checksum("header", {row}, text, {});
}

std::string totals_text(std::uint64_t rows, std::uint64_t sum) {
  return "points " + std::to_string(rows) + " checksums " + std::to_string(sum);
}

[[noreturn]] void refuse_other_file(std::string const& path) {
  throw Error(ExitCode::file, "the store '" + path + "' is no regular file",
              "it is read and written anywhere", "name another");
}

/// A file to be read alone, whatever links lead to it.
std::string existing_place(std::string const& path) {
  std::error_code error;
  std::filesystem::path const place = std::filesystem::canonical(path, error);
  if (!error && !std::filesystem::is_regular_file(place, error) && !error) refuse_other_file(path);
  if (error)
    throw Error(ExitCode::file, "the store '" + path + "' cannot be read", error.message(),
                "give the file that --store named");
  return place.string();
}

[[noreturn]] void refuse_existing(std::string const& path) {
  throw Error(ExitCode::file, "the store '" + path + "' exists already", "a store is never overwritten",
              "name another, or remove it");
}

/// An existing regular file, or none yet; whatever links lead to it.
std::string place_of(std::string const& path) {
  OutputFile const file(path);
  if (file.is_stdout() || !file.is_replaced()) refuse_other_file(path);
  return file.destination();
}

}  // namespace

Store::Store(std::string path, Database database) : path_(std::move(path)), database_(std::move(database)) {
  load();
}

Store::Store(std::string const& path)
    : Store(path, Database(existing_place(path), path, Database::Access::shared)) {}

Store Store::snapshot(std::string const& path) {
  std::string const place = existing_place(path);
  constexpr int attempts = 40;
  constexpr std::chrono::milliseconds pause{50};  // a transaction takes some
  std::string before;
  for (int i = 0; i < attempts; ++i) {
    FileBytes now = read_unlocked(place, path);
    try {
      if (!now.changing) return {path, Database(std::string_view(now.bytes), path)};
    } catch (Error const& error) {  // of what stays as it is; else it was changing while it was read
      if (error.code() != ExitCode::damaged || now.bytes == before) throw;
    }
    before = std::move(now.bytes);
    std::this_thread::sleep_for(pause);
  }
  throw Error(ExitCode::file, "the store '" + path + "' is in the middle of a change",
              "a run that writes it is slow, or was killed then: the next run undoes that",
              "try again, or continue it with 'dsgd resume'");
}

Store::Store(std::string const& path, Description const& wanted)
    : Store(path, [&] {
        std::string const place = place_of(path);
        if (!std::filesystem::exists(place)) create(path, wanted, {});  // or another process does meanwhile
        return Database(place, path, Database::Access::exclusive);
      }()) {
  if (std::string const found = difference(description_, wanted); !found.empty())
    throw Error(ExitCode::damaged, "the store '" + path + "' is of another sweep", found,
                "name another store, or continue the sweep that it belongs to");
}

void Store::note_sweep(Description const& sweep) { describe_as(joined(description_, sweep)); }

void Store::note_laws(Description const& sweep) {
  Description now = description_;
  now.laws = joined(description_, sweep).laws;
  describe_as(now);
}

void Store::describe_as(Description const& now) {
  if (now == description_) return;
  description_ = now;
  put_header(description_row, description_text(description_));
}

Store::Store(Fresh, std::string path, Description description)
    : path_(std::move(path)), description_(std::move(description)) {
  database_.execute("PRAGMA application_id = " + std::to_string(application));
  database_.execute("PRAGMA user_version = " + std::to_string(format));
  for (std::string_view const table : {header_table, points_table}) database_.execute(std::string(table));
  put_header(description_row, description_text(description_));
}

bool Store::create(std::string const& path, Description const& description,
                   std::span<NamedRange const> points) {
  OutputFile file(path);
  Store store(Fresh{}, path, description);
  store.save(points);
  file.stage(store.database_.serialize());
  return file.commit_new();
}

void Store::require_none(std::string const& path) {
  if (std::filesystem::exists(place_of(path))) refuse_existing(path);
}

void Store::write_new(std::string const& path, Description const& description,
                      std::span<NamedRange const> points) {
  if (!create(path, description, points)) refuse_existing(path);
}

void Store::load() {
  if (database_.number("PRAGMA application_id") != application)
    database_.fail_damaged("its header is not that of dsgd");
  if (std::uint64_t const found = database_.number("PRAGMA user_version"); found != format)
    throw Error(ExitCode::damaged, "the store '" + path_ + "' has format " + std::to_string(found),
                "this version of dsgd knows format " + std::to_string(format),
                "use the version that wrote it, or name another store");
  Statement schema = database_.prepare("SELECT sql FROM sqlite_schema ORDER BY rowid");
  for (std::string_view const table : {header_table, points_table})
    if (!schema.step() || schema.text(0) != table) database_.fail_damaged("it has other tables");
  if (schema.step()) database_.fail_damaged("it has a table too many");
  database_.check_pages();

  Statement rows = database_.prepare("SELECT id, point, first, count, summary, checksum FROM points");
  while (rows.step()) {
    Row row{rows.integer(0), rows.integer(5), rows.bytes(4), {rows.integer(2), rows.integer(3)}};
    std::string point = rows.text(1);
    auto const [first, count] = row.units;
    bool const right = row.checksum == checksum("points", {row.number, first, count}, point, row.summary) &&
                       row.number != 0 && row.number <= max_rows && count != 0 && first < max_iterations &&
                       count <= max_iterations - first;
    if (!right) database_.fail_damaged("the checksum of a point is wrong");
    sum_ += row.checksum;
    next_number_ = std::max(next_number_, row.number + 1);
    if (!rows_.emplace(std::move(point), std::move(row)).second)
      database_.fail_damaged("it has a point twice");
  }
  load_header();
}

void Store::load_header() {
  Statement header = database_.prepare("SELECT id, text, checksum FROM header ORDER BY id");
  for (std::uint64_t const row : {description_row, totals_row}) {
    if (!header.step() || header.integer(0) != row) database_.fail_damaged("its description is missing");
    std::string const text = header.text(1);
    if (header.integer(2) != header_checksum(row, text))
      database_.fail_damaged("the checksum of its description is wrong");
    if (row == totals_row) {
      if (text != totals_text(rows_.size(), sum_)) database_.fail_damaged("some of its points are missing");
    } else {
      std::optional<Description> description = parse_description(text);
      if (!description) database_.fail_damaged("its description cannot be read");
      description_ = std::move(*description);
      check_description();
    }
  }
  if (header.step()) database_.fail_damaged("its description is too long");
}

void Store::check_description() const {
  std::string const known = std::to_string(arithmetic_version);
  if (description_.arithmetic != known)
    throw Error(ExitCode::damaged,
                "the store '" + path_ + "' has version " +
                    (description_.arithmetic.empty() ? "none" : excerpt(description_.arithmetic, 20)) +
                    " of the arithmetic",
                "this version of dsgd has " + known + ", and results of the two must not mix",
                "use the version that wrote it, or name another store");
  if (std::string const found = flaw(description_); !found.empty())
    database_.fail_damaged("its description is wrong: " + found);
}

std::optional<StoredRange> Store::find(std::string const& point) const {
  auto const found = rows_.find(point);
  if (found == rows_.end()) return std::nullopt;
  std::optional<Summary> const summary = summary_from_bytes(found->second.summary);
  if (!summary) database_.fail_damaged("a summary cannot be read");
  return StoredRange{found->second.units, *summary};
}

void Store::save(std::span<NamedRange const> points) {
  database_.execute("BEGIN IMMEDIATE");
  Statement put = database_.prepare("INSERT OR REPLACE INTO points VALUES(?, ?, ?, ?, ?, ?)");
  for (auto const& [point, range] : points) {
    Row& row = rows_[point];
    if (row.number == 0) row.number = next_number_++;
    auto const [first, count] = row.units = range.units;
    std::string const bytes = summary_bytes(range.summary);
    sum_ -= row.checksum;
    row.checksum = checksum("points", {row.number, first, count}, point, bytes);
    sum_ += row.checksum;
    put.bind(1, row.number).bind_text(2, point).bind(3, first).bind(4, count);
    put.bind_bytes(5, bytes).bind(6, row.checksum).run();
    row.summary = bytes;
  }
  put_header(totals_row, totals_text(rows_.size(), sum_));
  database_.execute("COMMIT");
}

void Store::put_header(std::uint64_t row, std::string const& text) {
  database_.prepare("INSERT OR REPLACE INTO header VALUES(?, ?, ?)")
      .bind(1, row)
      .bind_text(2, text)
      .bind(3, header_checksum(row, text))
      .run();
}

}  // namespace dsgd
