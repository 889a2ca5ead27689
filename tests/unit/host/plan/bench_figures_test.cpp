#include "plan/bench_figures.hpp"

#include <gtest/gtest.h>

#include "bench/bench_text.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

TEST(BenchFigures, ReadWhatBenchWrites) {
  BenchRow row{};
  row.engine = "cpu";
  row.device = "2 threads";
  row.workers = 20;
  row.draws_per_second = 2.5e9;
  std::vector<BenchFigure> const figures = parse_bench_figures(bench_json({row}, {}), "b.json");
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].engine, "cpu");
  EXPECT_EQ(figures[0].device, "2 threads");
  EXPECT_EQ(figures[0].workers, 20u);
  EXPECT_EQ(figures[0].draws_per_second, 2.5e9);
}

std::string with_row(std::string const& row) {
  return R"({"schema": "dsgd.bench/1", "measurements": [)" + row + "]}";
}

TEST(BenchFigures, RefuseWhatBenchDoesNotWrite) {
  for (std::string const& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("null"), std::string("\xff"),
        std::string(R"({"schema": "dsgd.sweep/1"})"), std::string(R"({"schema": 1})"),
        std::string(R"({"schema": "dsgd.bench/1"})"), with_row(""), with_row("1"), with_row("{}"),
        with_row(R"({"engine": "cpu", "device": "d", "workers": 0, "draws_per_second": 1e9})"),
        with_row(R"({"engine": "cpu", "device": "d", "workers": -1, "draws_per_second": 1e9})"),
        with_row(R"({"engine": "cpu", "device": "d", "workers": 1, "draws_per_second": 0})"),
        with_row(R"({"engine": "cpu", "device": "d", "workers": 1, "draws_per_second": null})"),
        with_row(R"({"engine": 5, "device": "d", "workers": 1, "draws_per_second": 1e9})")})
    expect_error(ExitCode::damaged, "b.json", [&] { parse_bench_figures(text, "b.json"); });
}

TEST(BenchFigures, NameFilesThatCannotBeRead) {
  expect_error(ExitCode::file, "no.json", [] { read_bench_figures("/nonexistent/no.json"); });
  expect_error(ExitCode::file, "folder", [] { read_bench_figures("/"); });
  expect_error(ExitCode::damaged, "16 MiB", [] { read_bench_figures("/dev/zero"); });
}

}  // namespace
}  // namespace dsgd
