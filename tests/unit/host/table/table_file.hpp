#pragma once

#include <filesystem>
#include <string>

#include "support/expect_error.hpp"
#include "support/folder_test.hpp"
#include "table/read.hpp"

namespace dsgd::table {

/// A folder of its own, which is the working directory while a test runs.
class TableFile : public FolderTest {
 protected:
  void SetUp() override { std::filesystem::current_path(folder_); }
  void TearDown() override { std::filesystem::current_path(before_); }

  static Table take(std::string const& content, Selection const& selection) {
    FolderTest::write("t.csv", content);
    return read_table("t.csv", selection);
  }
  static Table read(std::string const& content, std::string const& column = "") {
    return take(content, {.column = column});
  }

  static void expect_part_refused(std::string const& content, std::string const& part,
                                  Selection const& selection) {
    expect_error(ExitCode::usage, part, [&] { take(content, selection); });
  }
  static void expect_refused(std::string const& content, std::string const& part,
                             std::string const& column = "") {
    expect_part_refused(content, part, {.column = column});
  }

  std::filesystem::path before_ = std::filesystem::current_path();
};

}  // namespace dsgd::table
