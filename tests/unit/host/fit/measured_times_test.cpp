#include "fit/measured_times.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "dsgd/error.hpp"

namespace dsgd::fit {
namespace {

TableKeys keys_of(std::string const& worker = "", std::string const& step = "") {
  TableKeys keys;
  keys.column = "ms";
  keys.worker = worker;
  keys.step = step;
  return keys;
}

class FitMeasuredTimes : public testing::Test {
 protected:
  void SetUp() override {
    path_ = testing::TempDir() + testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv";
  }
  void TearDown() override { std::filesystem::remove(path_); }

  MeasuredTimes read(std::string const& table, TableKeys keys) {
    std::ofstream(path_) << table;
    keys.file = path_;
    return read_measured_times(keys);
  }

  std::string error_of(std::string const& table, TableKeys const& keys) {
    try {
      read(table, keys);
    } catch (Error const& error) {
      return error.what();
    }
    return "";
  }

  std::string path_;
};

TEST_F(FitMeasuredTimes, LabelsThatAreNumbersAreInTheirOrder) {
  MeasuredTimes const times = read("host,step,ms\nb,10,1.5\na,9,2\nb,9,3\n", keys_of("host", "step"));
  EXPECT_EQ(times.values, (std::vector<double>{1.5, 2, 3}));
  EXPECT_EQ(times.table.workers.names, (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(times.table.steps.names, (std::vector<std::string>{"9", "10"}));
  EXPECT_EQ(times.table.steps.of_row, (std::vector<std::uint32_t>{1, 0, 0}));
}

TEST_F(FitMeasuredTimes, SeveralColumnsTellWorkersApart) {
  MeasuredTimes const times = read("rank,stage,ms\n0,1,1\n1,0,2\n0,0,3\n", keys_of("rank+stage"));
  EXPECT_EQ(times.table.workers.names, (std::vector<std::string>{"0/1", "1/0", "0/0"}));
}

TEST_F(FitMeasuredTimes, MatrixHasTheCompleteSteps) {
  MeasuredTimes const times = read("w,s,ms\n0,1,1\n1,1,2\n0,2,3\n0,3,4\n1,3,5\n", keys_of("w", "s"));
  auto const& matrix = times.matrix;
  EXPECT_EQ(times.missing, 1u);
  EXPECT_EQ(matrix->times, (std::vector<double>{1, 2, 4, 5}));
  EXPECT_EQ(matrix->incomplete_steps, 1u);
  EXPECT_FALSE(read("w,s,ms\n0,1,1\n1,1,2\n", keys_of("w", "s")).matrix);
}

TEST_F(FitMeasuredTimes, ColumnsOfAWideTableAreWorkers) {
  TableKeys keys;
  keys.columns = "*";
  keys.missing = "skip";
  keys.skip = 1;
  MeasuredTimes const times = read("step;a;b\n0;9;9\n1;1,5;2\n2;NA;3\n3;4;5\n", keys);
  EXPECT_EQ(times.columns(), "a,b");
  EXPECT_EQ(times.values, (std::vector<double>{1.5, 2, 3, 4, 5}));
  EXPECT_EQ(times.missing, 1u);
  EXPECT_EQ(times.matrix->times, (std::vector<double>{1.5, 2, 4, 5}));
  EXPECT_EQ(times.matrix->worker_names, (std::vector<std::string>{"a", "b"}));
}

TEST_F(FitMeasuredTimes, SkippedStepsAreRowsWhereTheyComeFirst) {
  TableKeys keys = keys_of("w", "s");
  keys.skip = 1;
  keys.missing = "skip";
  std::string const first = "w,s,ms\n0,1,\n1,1,7\n", rest = "0,2,1\n1,2,2\n0,3,3\n1,3,4\n";
  EXPECT_EQ(read(first + rest, keys).table.skipped_rows, 2u);
  EXPECT_EQ(read("w,s,ms\n" + rest + "0,1,5\n1,1,6\n", keys).table.skipped_rows, std::nullopt);
}

TEST_F(FitMeasuredTimes, WhatIsRefusedIsNamed) {
  auto const expect = [&](std::string const& message, std::vector<std::string> const& parts) {
    EXPECT_TRUE(message.starts_with("fit: '")) << message;
    for (std::string const& part : parts) EXPECT_NE(message.find(part), std::string::npos) << message;
  };
  expect(error_of("w,s,ms\n0,1,1\n0,1,2\n", keys_of("w", "s")),
         {"two times of worker '0' in step '1'", "--worker"});
  expect(error_of("ms\n1\n1\n", keys_of()), {"one value again and again"});
  expect(error_of("w,ms\n1,1\n1,x\n", keys_of()), {"line 3, column ms: 'x'"});
  expect(error_of("w,ms\n1,1\n1\n", keys_of()), {"line 3 has 1 field where line 1 has 2"});
  expect(error_of("w,s\n1,1\n1,2\n", keys_of()), {"no column 'ms'"});
  expect(error_of("w,ms\n1,1\n1,2\n", keys_of("rank")), {"no column 'rank'"});
  expect(error_of("ms\n1\nNA\n", keys_of()), {"line 3", "--missing skip"});
  TableKeys both = keys_of();
  both.columns = "*";
  expect(error_of("a,ms\n1,1\n1,2\n", both), {"--columns and for --column", "leave out --columns"});
}

}  // namespace
}  // namespace dsgd::fit
