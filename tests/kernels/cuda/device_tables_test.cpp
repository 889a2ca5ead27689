#include "kernels/cuda/device_tables.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "dsgd/law/exponential.hpp"

namespace dsgd::kernels {
namespace {

/// Memory of a device that lies on the host, and what was done with it.
struct FakeQueue {
  using Buffer = std::unique_ptr<std::byte[]>;
  struct Memory {
    Buffer bytes;
    std::byte* data() const { return bytes.get(); }
  };

  int* uploads;

  Memory allocate(std::size_t bytes) const { return {std::make_unique<std::byte[]>(bytes)}; }
  void upload(void* to, void const* from, std::size_t bytes) const {
    ++*uploads;
    std::memcpy(to, from, bytes);
  }
};

struct LawOfATable {
  float const* values;
  std::uint32_t size;
  std::span<float const> table() const { return {values, size}; }
  LawOfATable with_table(float const* copy) const { return {copy, size}; }
};

std::vector<float> read(LawOfATable const& law) { return {law.values, law.values + law.size}; }

class Tables : public testing::Test {
 protected:
  LawOfATable copied(std::vector<float> const& table) {
    return tables_.on_device(queue_, LawOfATable{table.data(), static_cast<std::uint32_t>(table.size())});
  }

  int uploads_ = 0;
  FakeQueue queue_{&uploads_};
  DeviceTables<FakeQueue::Memory> tables_;
};

TEST_F(Tables, AreCopiedOnce) {
  std::vector<float> const first{1, 2, 3}, second{4, 5};
  LawOfATable const a = copied(first);
  LawOfATable const b = copied(second);
  EXPECT_NE(a.values, first.data());
  EXPECT_EQ(read(a), first);
  EXPECT_EQ(read(b), second);
  EXPECT_EQ(copied(first).values, a.values);
  EXPECT_EQ(copied(second).values, b.values);
  EXPECT_EQ(uploads_, 2);
}

TEST_F(Tables, AreCopiedAgainWhereAnotherStandsInTheirPlace) {
  std::vector<float> table{1, 2, 3};
  copied(table);
  table[1] = 7;
  EXPECT_EQ(read(copied(table)), table);
  table.resize(2);
  EXPECT_EQ(read(copied(table)), table);
  EXPECT_EQ(uploads_, 3);
}

TEST_F(Tables, LawsWithoutOneGoAsTheyAre) {
  auto const law = Exponential{2.0}.sampler();
  EXPECT_EQ(tables_.on_device(queue_, law).scale_hi, law.scale_hi);
  EXPECT_EQ(uploads_, 0);
}

}  // namespace
}  // namespace dsgd::kernels
