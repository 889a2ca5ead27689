// Seconds of processor time that the reader of tables takes for a file, as JSON: what scripts/measure tables holds
// against pandas.
//
//     build/tests/speed/table_speed FILE COLUMN [WORKER [STEP]]
#include <cstdio>
#include <ctime>
#include <numeric>
#include <span>
#include <string>

#include "dsgd/error.hpp"
#include "table/read.hpp"

int main(int count, char** words) try {
  std::span const arguments(words, static_cast<std::size_t>(count));
  auto const argument = [&](std::size_t i) { return std::string(i < arguments.size() ? arguments[i] : ""); };
  std::clock_t const start = std::clock();
  dsgd::table::Selection wanted;
  wanted.column = argument(2);
  wanted.worker = argument(3);
  wanted.step = argument(4);
  dsgd::table::Table const table = dsgd::table::read_table(argument(1), wanted);
  double const seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  double const sum = std::accumulate(table.values.begin(), table.values.end(), 0.0);
  std::printf(R"({"seconds": %.6f, "rows": %zu, "sum": %.17g})", seconds, table.values.size(), sum);
} catch (dsgd::Error const& error) {
  std::fprintf(stderr, "dsgd: %s\n", error.what());
  return static_cast<int>(error.code());
}
