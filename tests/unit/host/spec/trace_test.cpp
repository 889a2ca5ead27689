#include "spec/trace.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "spec/spec.hpp"
#include "support/expect_error.hpp"
#include "support/folder_test.hpp"

namespace dsgd {
namespace {

namespace fs = std::filesystem;

/// A folder of its own, which is the working directory while a test runs.
class TraceFile : public FolderTest {
 protected:
  void SetUp() override { fs::current_path(folder_); }
  void TearDown() override { fs::current_path(before_); }

  static void write(std::string const& content) { FolderTest::write("t.csv", content); }

  fs::path before_ = fs::current_path();
};

TEST_F(TraceFile, ALawHasOneCanonicalSpecThatNamesTheData) {
  write("rank,ms\n0,10\n1,20\n0,15\n");
  Law const law = parse_law("empirical:file=./t.csv:column=2");
  std::string const spec = canonical_spec(law);
  EXPECT_EQ(spec,
            "empirical:file=t.csv:column=ms:sha256="
            "83a5f53e0eda7ce6e5c93ef8c8d6165039962ab77324f878daec1fe809422d3a");
  EXPECT_EQ(canonical_spec(parse_law(spec)), spec);
  EXPECT_EQ(std::get<Empirical>(law).note, "t.csv: 3 values in column ms, from 10 to 20");
  EXPECT_EQ(origin(law), 10.0);
  EXPECT_EQ(std::get<Empirical>(law).sampler().excess(0, 0), 10.0f);
}

TEST_F(TraceFile, WhatASpecNamesIsFoundAgain) {
  for (auto const& [content, wanted, column, note] : std::vector<std::array<std::string, 4>>{
           {"0,1,2\n0.5,1.5,2.5\n0.6,1.6,2.6\n", "3", "2",
            "2 values in column 2 (named so in the header), from 2.5 to 2.6"},
           {",0,1\n0,0.5,1.5\n1,0.6,1.6\n", "1", "1",
            "2 values in column 1 (named so in the header), from 1.5 to 1.6"},
           {"# a,b\n1,20\n3,40\n", "2", "b", "2 values in column b, from 20 to 40"},
           {"ms,ms\n1,2\n3,4\n", "2", "2", "2 values in column 2, from 2 to 4"},
           {"ms\n1\n#2\n3\n", "1", "ms", "2 values in column ms, from 1 to 3, without 1 comment"}}) {
    write(content);
    Law const law = parse_law("empirical:file=t.csv:column=" + wanted);
    EXPECT_EQ(std::get<Empirical>(law).column, column) << content;
    EXPECT_EQ(std::get<Empirical>(law).note, "t.csv: " + note);
    Law const again = parse_law(canonical_spec(law));
    EXPECT_EQ(canonical_spec(again), canonical_spec(law));
    EXPECT_EQ(std::get<Empirical>(again).note, std::get<Empirical>(law).note);
  }
}

constexpr char const* jobs =
    "job,step,rank,stage,ms\na,1,0,0,10\na,1,1,0,20\na,2,0,0,12\na,2,1,0,26\na,3,0,0,11\na,3,1,0,22\nb,1,0,0,"
    "900\n";

TEST_F(TraceFile, WorkersThatAreToldApartAreAFleet) {
  write(jobs);
  Fleet const fleet = parse_fleet("empirical:file=./t.csv:column=5:worker=rank+4:where=job=a:skip=1").fleet();
  EXPECT_EQ(fleet.workers(), 2U);
  EXPECT_EQ(origin(fleet.groups()[0].law), 20);  // the first row is left out, so that rank 1 appears first
  EXPECT_EQ(origin(fleet.groups()[1].law), 11);
  std::string const spec = canonical_spec(fleet);
  EXPECT_EQ(spec.substr(0, spec.size() - 64),
            "empirical:file=t.csv:column=ms:worker=rank+stage:where=job=a:skip=1:sha256=");
  EXPECT_EQ(canonical_spec(parse_fleet(spec).fleet()), spec);
  EXPECT_EQ(canonical_spec(parse_fleet("2*(" + spec + ")+1*exponential:rate=1").fleet()),
            "1*(" + spec + ")+1*(" + spec + ")+1*exponential:rate=1");
  EXPECT_EQ(std::get<Empirical>(fleet.groups()[0].law).note,
            "t.csv: 5 values of 2 workers in column ms, from 11 to 26");
  EXPECT_EQ(files_of("2*(empirical:file=a:worker=b)+1*empirical:file=c"),
            (std::vector<std::string>{"a", "c"}));
}

TEST_F(TraceFile, ColumnsOfAWideTableAreAFleet) {
  write("step;r0;r1\n0;1,5;2\n1;NA;3\n2;2,5;4\n");
  Fleet const fleet = parse_fleet("empirical:file=t.csv:columns=*:missing=skip").fleet();
  EXPECT_EQ(fleet.workers(), 2U);
  EXPECT_EQ(std::get<Empirical>(fleet.groups()[0].law).sampler().size, 2U);
  std::string const spec = canonical_spec(fleet);
  EXPECT_TRUE(spec.starts_with("empirical:file=t.csv:columns=*:missing=skip:sha256=")) << spec;
  EXPECT_EQ(canonical_spec(parse_fleet(spec).fleet()), spec);
  expect_error(ExitCode::usage, "missing=skip", [] { parse_fleet("empirical:file=t.csv:columns=*"); });
}

TEST_F(TraceFile, MeasuredStepsAreReplayedWhole) {
  write(jobs);
  Fleet const fleet = parse_fleet("replay:file=t.csv:column=ms:worker=rank:step=step:where=job=a").fleet();
  ASSERT_TRUE(fleet.replay());
  EXPECT_EQ(fleet.workers(), 2U);
  EXPECT_EQ(fleet.replay()->steps(), 3U);
  EXPECT_EQ(fleet.replay()->excess(1, 1), 6.0F);
  std::string const spec = canonical_spec(fleet);
  EXPECT_EQ(canonical_spec(parse_fleet(spec).fleet()), spec);
  EXPECT_EQ(fleet.replay()->note, "t.csv: 3 steps of 2 workers in column ms, from 10 to 26");
  expect_error(ExitCode::usage,
               "is replayed without worker= and step=", [] { parse_fleet("replay:file=t.csv"); });
  expect_error(ExitCode::usage, "has two times of worker '0' in step '1'",
               [] { parse_fleet("replay:file=t.csv:column=ms:worker=rank:step=step"); });
  expect_error(ExitCode::usage, "give it alone", [&] { parse_fleet("2*(" + spec + ")"); });
}

TEST_F(TraceFile, KeysTakeTheirValuesAlone) {
  write("1\n2\n");
  expect_error(ExitCode::usage, "separator", [] { parse_law("empirical:file=t.csv:separator=pipe"); });
  expect_error(ExitCode::usage, "missing", [] { parse_law("empirical:file=t.csv:missing=zero"); });
  expect_error(ExitCode::usage, "decimal", [] { parse_law("empirical:file=t.csv:decimal=dot"); });
  expect_error(ExitCode::usage, "where=column=text", [] { parse_law("empirical:file=t.csv:where=a"); });
  expect_error(ExitCode::usage,
               "leave out columns=", [] { parse_law("empirical:file=t.csv:columns=*:worker=a"); });
}

TEST_F(TraceFile, PooledWorkersThatDifferAreNoticed) {
  std::string differ = "host,ms\n", same = differ;
  for (int i = 0; i < 40; ++i) {
    std::string const host = i % 2 == 0 ? "a," : "b,";
    differ += host + std::to_string(100 + i * 7 % 11 + i % 2 * 8) + "\n";
    same += host + std::to_string(100 + i * 7 % 11) + "\n";
  }
  write(differ);
  EXPECT_NE(std::get<Empirical>(parse_law("empirical:file=t.csv:column=ms")).warning.find("give worker=host"),
            std::string::npos);
  write(same);
  EXPECT_EQ(std::get<Empirical>(parse_law("empirical:file=t.csv:column=ms")).warning, "");
}

TEST_F(TraceFile, OtherDataThanTheSpecNamesAreRefused) {
  write("1\n2\n");
  std::string const spec = canonical_spec(parse_law("empirical:file=t.csv"));
  write("1\n3\n");
  expect_error(ExitCode::usage, "the data differ", [&] { parse_law(spec); });
}

TEST_F(TraceFile, OnlyTheColumnMayBeLeftOut) {
  expect_error(ExitCode::usage, "needs 'file'", [] { parse_law("empirical"); });
  expect_error(ExitCode::usage, "empty", [] { parse_law("empirical:file="); });
}

}  // namespace
}  // namespace dsgd
