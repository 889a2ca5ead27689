#include "spec/mixed.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace dsgd {
namespace {

/// A table of some workers with times near 1 in rows of two kinds.
struct Mixed {
  table::Table table;

  explicit Mixed(std::uint32_t workers) {
    table.kinds.push_back({"job", {"a", "b"}, {}});
    for (std::uint32_t worker = 0; worker < workers; ++worker)
      table.workers.names.push_back(std::to_string(worker));
  }

  void add(std::uint32_t worker, std::uint8_t kind, int rows, double scale) {
    for (int i = 0; i < rows; ++i) {
      table.values.push_back(scale * (1 + 0.01 * (i % 7)));
      table.workers.of_row.push_back(worker);
      table.kinds[0].of_row.push_back(kind);
    }
  }

  bool is_noticed() const { return mixed_kinds(table, table.workers) != nullptr; }
};

TEST(MixedKinds, OfWorkersInSeveralJobsAreNoticed) {
  Mixed mixed(3);
  for (std::uint32_t worker = 0; worker < 3; ++worker) {
    mixed.add(worker, 0, 20, 1);
    mixed.add(worker, 1, 20, 2.1);
  }
  EXPECT_TRUE(mixed.is_noticed());
  EXPECT_EQ(where_advice(mixed.table.kinds[0], "where="), "where=job=a, or another of its 2 values (a, b)");
}

TEST(MixedKinds, AreNotThoseOfTimesThatAreAlike) {
  Mixed mixed(3);
  for (std::uint32_t worker = 0; worker < 3; ++worker) {
    mixed.add(worker, 0, 20, 1);
    mixed.add(worker, 1, 20, 1.8);
  }
  EXPECT_FALSE(mixed.is_noticed());
}

/// A column that says where a worker runs has one text for each, however far apart they are.
TEST(MixedKinds, AreNotHosts) {
  Mixed mixed(4);
  for (std::uint32_t worker = 0; worker < 4; ++worker)
    mixed.add(worker, static_cast<std::uint8_t>(worker % 2), 40, worker % 2 == 0 ? 1 : 10);
  EXPECT_FALSE(mixed.is_noticed());
}

TEST(MixedKinds, AreNotOneWorkerThatWasMoved) {
  Mixed mixed(4);
  for (std::uint32_t worker = 0; worker < 4; ++worker) mixed.add(worker, 0, 20, 1);
  mixed.add(0, 1, 20, 10);
  EXPECT_FALSE(mixed.is_noticed());
  mixed.add(1, 1, 20, 10);
  EXPECT_TRUE(mixed.is_noticed());
}

/// Such as a mark on the few steps that were slow.
TEST(MixedKinds, AreNotOfFewRows) {
  Mixed mixed(3);
  for (std::uint32_t worker = 0; worker < 3; ++worker) {
    mixed.add(worker, 0, 60, 1);
    mixed.add(worker, 1, 5, 10);
  }
  EXPECT_FALSE(mixed.is_noticed());
}

}  // namespace
}  // namespace dsgd
