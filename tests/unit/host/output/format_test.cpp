#include "output/format.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "output/columns.hpp"
#include "support/expect_error.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

/// One point of a single iteration (nothing but a mean) and one of three.
Document document() {
  Document result{};
  result.seed = 18446744073709551615u;
  result.draws = Draws::common;
  Summary one;
  one.add(0.25f, -30);
  Summary three;
  for (float const runtime : {1.0f, 2.0f, 6.0f}) three.add(runtime, -26);
  PlannedPoint const async = make_planned_point(Async{}, 1, 1), sync = make_planned_point(Sync{}, 1, 3);
  result.rows.push_back({async, estimate(async, one)});
  result.rows.push_back({sync, estimate(sync, three)});
  result.provenance.argv = {"dsgd", "sweep", "\xff"};
  result.provenance.engine = "reference";
  return result;
}

TEST(Csv, HasTheColumnsOfTheInterface) {
  std::string const text = csv_text(document());
  EXPECT_EQ(
      text.substr(0, text.find('\n')),
      "law,strategy,workers,iterations,gradients,mean,standard_error,ci95_low,ci95_high,standard_deviation,"
      "minimum,maximum,expected,z,throughput,throughput_low,throughput_high,busy,discarded,cost");
}

TEST(Csv, LeavesAbsentValuesEmpty) {
  EXPECT_NE(csv_text(document()).find("\nexponential:rate=2,async,1,1,1,4,,,,,0.25,0.25,0.5,,0.25,,,1,0,4\n"),
            std::string::npos)
      << csv_text(document());
}

TEST(Json, HasTheKeysOfTheInterfaceInOrder) {
  auto const json = nlohmann::ordered_json::parse(json_text(document()));
  std::vector<std::string> keys;
  for (auto const& [key, value] : json.items()) keys.push_back(key);
  EXPECT_EQ(keys, (std::vector<std::string>{"schema", "points", "run", "provenance"}));
  EXPECT_EQ(json["schema"], "dsgd.sweep/2");
  std::vector<std::string> columns;
  for (auto const& [key, value] : json["points"][0].items()) columns.push_back(key);
  std::vector<std::string> expected;
  for (Column const& column : result_columns()) expected.emplace_back(column.name);
  EXPECT_EQ(columns.back(), "staleness");  // the first point is async, whose staleness is known
  columns.pop_back();
  EXPECT_EQ(columns.back(), "parameters");
  columns.pop_back();
  EXPECT_EQ(columns, expected);
}

TEST(Json, KeepsTypes) {
  auto const json = nlohmann::json::parse(json_text(document()));
  EXPECT_EQ(json["run"]["seed"], "18446744073709551615");  // text: no double holds it
  EXPECT_EQ(json["run"]["draws"], "common");
  EXPECT_EQ(json["run"]["complete"], true);
  EXPECT_TRUE(json["points"][0]["z"].is_null());
  EXPECT_TRUE(json["points"][1]["z"].is_number());
  EXPECT_EQ(json["points"][1]["workers"], 1);
  EXPECT_TRUE(json["provenance"]["cuda"].is_null());
}

nlohmann::json parameters(PlannedPoint const& point) {
  Document doc = document();
  doc.rows[1].planned = point;
  return nlohmann::json::parse(json_text(doc))["points"][1]["parameters"];
}

TEST(Json, HasParametersAsNumbers) {
  using nlohmann::json;
  EXPECT_EQ(parameters(make_planned_point(Sync{}, 2, 1)),
            json::parse(R"({"law": {"rate": 2}, "strategy": {}})"));
  Exponential shifted{0.5};
  shifted.shift = 1;
  EXPECT_EQ(parameters(make_planned_point(KSync{Share{0, 50'000'000}}, 5, 1, shifted)),
            json::parse(R"({"law": {"rate": 0.5, "shift": 1}, "strategy": {"k": 3}})"));
  EXPECT_EQ(parameters(make_planned_point(LocalSgd{3, 0.5}, 2, 1, Uniform{1.0, 3.0})),
            json::parse(R"({"law": {"low": 1, "high": 3}, "strategy": {"steps": 3, "communication": 0.5}})"));
  Point fleet = make_point(Sync{}, 3, 1);
  fleet.fleet = Fleet({{2, Exponential{4.0}}, {1, Constant{0.3}}});
  EXPECT_EQ(parameters(PlannedPoint(fleet))["law"],
            json::parse(R"([{"name": "exponential", "workers": 2, "rate": 4},
                            {"name": "constant", "workers": 1, "value": 0.3}])"));
  Empirical measured;
  measured.set_values({1.0, 2.0});
  measured.file = "times.csv";
  EXPECT_EQ(parameters(make_planned_point(Async{}, 1, 1, measured))["law"], json::object());
}

TEST(Formats, NameTheUnitOfTimes) {
  Document doc = document();
  EXPECT_FALSE(nlohmann::json::parse(json_text(doc))["run"].contains("unit"));
  EXPECT_TRUE(table_text(doc).starts_with("Runtime of one iteration, in the law's unit of time\n"));
  doc.unit = "ms";
  EXPECT_EQ(nlohmann::json::parse(json_text(doc))["run"]["unit"], "ms");
  EXPECT_TRUE(table_text(doc).starts_with("Runtime of one iteration, in ms\n"));
  EXPECT_NE(table_text(doc).find("gradients per ms"), std::string::npos);
}

/// Numbers of the CSV and of the JSON are the same numbers.
TEST(Formats, Agree) {
  Document const doc = document();
  auto const json = nlohmann::json::parse(json_text(doc));
  for (std::size_t i = 0; i < doc.rows.size(); ++i)
    for (Column const& column : result_columns()) {
      Cell const cell = column.value(doc.rows[i]);
      if (auto const* const number = std::get_if<double>(&cell)) {
        EXPECT_EQ(json["points"][i][std::string(column.name)].get<double>(), *number);
        EXPECT_EQ(std::stod(cell_text(cell)), *number);
      }
    }
}

TEST(Markdown, HasARowPerPoint) {
  std::string const text = markdown_text(document());
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  EXPECT_TRUE(text.starts_with("| law | strategy | workers |")) << text;
}

TEST(Table, ShowsAbsentValuesAsDashes) {
  std::string const text = table_text(document());
  EXPECT_NE(text.find("law         exponential:rate=2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nasync "), std::string::npos) << text;
  EXPECT_NE(text.find(" - "), std::string::npos) << text;
}

/// A hash would fill the line; files and reports keep it whole.
TEST(Table, ShortensHashesOfMeasuredDelays) {
  Document doc = document();
  Empirical measured;
  measured.set_values({1.0, 2.0});
  measured.file = "times.csv";
  measured.sha256.assign(64, 'a');
  doc.rows[0].planned = make_planned_point(Async{}, 1, 1, measured);
  for (std::string const& text : {table_text(doc), markdown_text(doc)}) {
    EXPECT_NE(text.find(":sha256=aaaaaaaaaaaa"), std::string::npos) << text;
    EXPECT_EQ(text.find(":sha256=aaaaaaaaaaaaa"), std::string::npos) << text;
  }
  EXPECT_NE(csv_text(doc).find(measured.sha256), std::string::npos);
}

TEST(Table, ShowsTheNumbersThatWereAskedFor) {
  Document doc = document();
  doc.quantiles = {0.5};
  doc.updates = 10;
  doc.rows[1].estimate.quantiles = {{0.5, 2.25, 1.0, 6.0}};
  std::string const text = table_text(doc);
  EXPECT_NE(text.find(" q0.5  updates  updates sd\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  2.25000  30.0000 "), std::string::npos) << text;
  EXPECT_EQ(text.find("q0.5_low"), std::string::npos);
}

TEST(ChooseFormat, GoesByExtensionUnlessTold) {
  EXPECT_EQ(choose_format("a.csv", "").name, "csv");
  EXPECT_EQ(choose_format("dir.md/a.json", "").name, "json");
  EXPECT_EQ(choose_format("a.csv", "md").name, "md");
  EXPECT_EQ(choose_format("-", "json").name, "json");
  expect_error(ExitCode::usage, "--format", [] { choose_format("-", ""); });
  expect_error(ExitCode::usage, "--format", [] { choose_format("a.txt", ""); });
  expect_error(ExitCode::usage, "unknown", [] { choose_format("a.csv", "xml"); });
}

}  // namespace
}  // namespace dsgd
