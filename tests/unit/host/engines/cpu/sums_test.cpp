/// Slowest sums of every instruction set are those of the definition.
#include "engines/cpu/sums.hpp"

#include <gtest/gtest.h>

#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/definition/scalar.hpp"
#include "support/cpu_points.hpp"

namespace dsgd {
namespace {

class CpuSumsOf : public testing::TestWithParam<InstructionSet const*> {
 protected:
  void expect_equal(Point const& point, IterationRange iterations) {
    expect_equal(point, iterations, observable(point));
  }

  void expect_equal(Point const& point, IterationRange iterations, Observable const& seen) {
    Summary vectors, definition;
    CpuSums add(*GetParam());
    add(point.stream, seen, iterations, vectors);
    for (std::uint64_t i = 0; i < iterations.count; ++i)
      add_unit(point.stream, iterations.first + i, seen, definition);
    EXPECT_EQ(vectors, definition) << law_name(point.fleet.law()) << ", " << point.workers()
                                   << " workers, from iteration " << iterations.first;
  }
};

TEST_P(CpuSumsOf, AllLaws) {
  for (Law const& law : test_laws())
    for (std::uint32_t const workers : {1u, 2u, 3u, 8u, 20u, 64u})
      for (std::uint32_t const steps : {1u, 2u, 3u, 8u, 37u})
        expect_equal(make_point(LocalSgd{steps, 0}, workers, 100, law), {workers, 45});
}

TEST_P(CpuSumsOf, LargeFleets) {
  for (std::uint32_t const workers : {100u, 300u, 4097u})
    expect_equal(make_point(LocalSgd{5, 0}, workers, 100), {0, 9});
}

/// Among so many words some have tails.
TEST_P(CpuSumsOf, ManyIterations) {
  for (std::uint32_t const steps : {1u, 3u})
    for (std::uint64_t const count : {1u, 31u, 32u, 33u, 127u, 128u, 129u, 5000u})
      expect_equal(make_point(LocalSgd{steps, 0}, 5, count), {7, count});
}

TEST_P(CpuSumsOf, IterationsAround2To32AndFarBeyond) {
  for (std::uint32_t const steps : {1u, 4u})
    for (std::uint64_t const first : {(1ull << 32) - 150, (1ull << 50) - 301})
      expect_equal(make_point(LocalSgd{steps, 0}, 20, 301), {first, 301});
}

/// Delays of fewer ticks than 2^31, of more, and of more than 2^51.
TEST_P(CpuSumsOf, AnyQuantum) {
  Point const point = make_point(LocalSgd{8, 0}, 20, 301);
  for (int const exponent : {-20, -33, -46}) {
    Observable seen = observable(point);
    seen.quantum_exponent = exponent;
    expect_equal(point, {0, 301}, seen);
  }
}

TEST_P(CpuSumsOf, WithHistograms) {
  Point point = make_point(LocalSgd{4, 0}, 20, 301);
  point.quantiles = true;
  expect_equal(point, {0, 301});
}

INSTANTIATE_TEST_SUITE_P(InstructionSets, CpuSumsOf,
                         testing::ValuesIn(available_instruction_sets().begin(),
                                           available_instruction_sets().end()),
                         [](auto const& info) { return info.param->name; });

}  // namespace
}  // namespace dsgd
