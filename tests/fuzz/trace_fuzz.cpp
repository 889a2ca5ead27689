// Any file: a table of measured times, whose columns' own names find the same values again, or a refusal in one
// line of text. The first two bytes choose what is wanted of it.
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "dsgd/error.hpp"
#include "table/read.hpp"
#include "table/steps.hpp"
#include "text/plain_text.hpp"

namespace {

using dsgd::table::Decimal;
using dsgd::table::Missing;
using dsgd::table::Selection;
using dsgd::table::Source;
using dsgd::table::Table;

Selection selection_of(unsigned char first, unsigned char second) {
  static constexpr std::array columns{"", "1", "2", "seconds", "4294967297", "0"};
  static constexpr std::array workers{"", "1", "rank", "1+2"};
  static constexpr std::array separators{',', ';', '\t', ' '};
  Selection wanted;
  if (first >= 240)
    wanted.columns = first % 2 == 0 ? "*" : "1,2";
  else
    wanted.column = columns.at(first % columns.size());
  if (wanted.columns.empty()) {
    wanted.worker = workers.at(first / 8 % workers.size());
    if (first / 32 % 2 == 1) wanted.step = "step";
    if (first / 64 % 2 == 1) wanted.where = {{"1", "a"}};
  }
  if (second % 8 < separators.size()) wanted.notation.separator = separators.at(second % 8);
  if (second / 8 % 2 == 1) wanted.notation.decimal = second / 16 % 2 == 1 ? Decimal::comma : Decimal::point;
  wanted.missing = second / 32 % 2 == 1 ? Missing::skip : Missing::refuse;
  wanted.skip = second / 64;
  wanted.notices_workers = wanted.worker.empty();
  return wanted;
}

bool same(std::vector<double> const& a, std::vector<double> const& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i] && !(std::isnan(a[i]) && std::isnan(b[i]))) return false;
  return true;
}

/// The names of columns, which stand in canonical specs, must find the same values once more.
void check_again(Source const& source, Selection wanted, Table const& table) try {
  if (wanted.columns.empty()) wanted.column = table.columns.front();
  wanted.worker = table.worker;
  wanted.step = table.step;
  wanted.where = table.where;
  Table const again = dsgd::table::read_table(source, wanted);
  if (again.columns != table.columns || !same(again.values, table.values)) std::abort();
  if (again.workers.names != table.workers.names || again.steps.of_row != table.steps.of_row) std::abort();
} catch (dsgd::Error const&) {
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(char const* data, std::size_t size) {
  static int const file = ::memfd_create("table", 0);
  static Source const source("/proc/self/fd/" + std::to_string(file));
  if (size < 2) return 0;
  Selection const wanted =
      selection_of(static_cast<unsigned char>(data[0]), static_cast<unsigned char>(data[1]));
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, data + 2, size - 2, 0) < 0) std::abort();
  try {
    Table const table = dsgd::table::read_table(source, wanted);
    if (table.values.size() < 2 || table.sha256.size() != 64) std::abort();
    for (double const value : table.values) {
      bool const may_miss = wanted.missing == Missing::skip && std::isnan(value);
      if (!may_miss && !(value >= 0 && value <= dsgd::table::max_delay)) std::abort();
    }
    check_again(source, wanted, table);
    bool const is_wide = table.columns.size() > 1;
    if (is_wide || !table.workers.names.empty()) dsgd::table::times_by_worker(table);
    if (is_wide || !(table.workers.names.empty() || table.steps.names.empty()))
      dsgd::table::times_by_step(table, source, wanted.missing);
  } catch (dsgd::Error const& error) {
    std::string const message = error.what();
    if (message.find('\n') != std::string::npos || dsgd::find_no_text(message) != std::string::npos)
      std::abort();
  }
  return 0;
}
