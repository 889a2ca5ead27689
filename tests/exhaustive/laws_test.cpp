/// Delays of every law of the list never increase with u: all words, or all values of the logarithm where a
/// delay is a function of it alone (portable_log_test.cpp shows its order over the words).
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <type_traits>

#include "address.hpp"
#include "dsgd/law/list.hpp"
#include "parallel.hpp"
#include "simd.hpp"
#include "support/exact_laws.hpp"
#include "support/example_laws.hpp"

namespace dsgd::test {
namespace {

struct Disorder {
  std::uint64_t decreases = 0;  ///< of neighbours, from short delays to long ones
  std::uint64_t abnormal = 0;   ///< delays that are neither 0 nor normal and finite
};

/// Delays of one block, from short to long, and the first of the next one.
template <std::size_t n>
void inspect(std::array<float, n> const& delays, Disorder& found) {
  std::uint32_t decreases = 0;
  std::uint32_t abnormal = 0;
  for (std::size_t i = 1; i < n; ++i) decreases += delays[i] >= delays[i - 1] ? 0u : 1u;
  for (float const delay : delays) {
    auto const bits = static_cast<std::uint32_t>(bits_from_float(delay));
    abnormal += bits == 0 || bits - 0x00800000u < 0x7f800000u - 0x00800000u ? 0u : 1u;
  }
  found.decreases += decreases;
  found.abnormal += abnormal;
}

template <class Body>
Disorder inspect_blocks(std::uint32_t count, Body const& body) {
  Disorder all;
  for (Disorder const& part : for_each_block<Disorder>(0, count, body)) {
    all.decreases += part.decreases;
    all.abnormal += part.abnormal;
  }
  return all;
}

/// Every float32 from the smallest -log u to the largest.
template <class Quantile>
Disorder inspect_all(HazardSampler<Quantile> const& law) {
  constexpr std::uint32_t block = 4096;
  std::int32_t const first = bits_from_float(neg_log_uniform(~0u, 0));
  std::int32_t const last = bits_from_float(neg_log_uniform(0, 0));
  auto const blocks = static_cast<std::uint32_t>(last - first) / block + 1;
  return inspect_blocks(blocks, [&](Disorder& found, std::uint32_t number) {
    std::int32_t const start = first + static_cast<std::int32_t>(number * block);
    std::array<float, block + 1> delays;
    run(best_instruction_set(), [&]() DSGD_INLINE_LAMBDA {
      for (std::int32_t i = 0; i <= static_cast<std::int32_t>(block); ++i)
        delays[static_cast<std::size_t>(i)] = law.excess_at(static_cast<double>(float_from_bits(start + i)));
      inspect(delays, found);
    });
  });
}

/// Every word, those near the ends with up to 4096 of their tail words.
template <class Sampler>
Disorder inspect_all(Sampler const& law) {
  constexpr std::uint32_t n = BlockShape::addresses;
  return inspect_blocks(all_blocks, [&](Disorder& found, std::uint32_t number) {
    AddressBlock const addresses(block_shape(number));
    Address const next = successor({addresses.k[n - 1], addresses.t[n - 1]});
    std::array<float, n + 1> delays;
    run(best_instruction_set(), [&]() DSGD_INLINE_LAMBDA {
      for (std::uint32_t i = 0; i < n; ++i) delays[n - i] = law.excess(addresses.k[i], addresses.t[i]);
      delays[0] = number + 1 < all_blocks ? law.excess(next.k, next.t) : delays[1];
      inspect(delays, found);
    });
  });
}

template <class L>
class LawsExhaustive : public testing::Test {};
TYPED_TEST_SUITE(LawsExhaustive, LawTypes);

/// Once is enough for laws whose delays beyond the origin are exponential.
template <class L>
constexpr bool is_repeated =
    std::is_same_v<typename L::Sampler, Exponential::Sampler> && !std::is_same_v<L, Exponential>;

TYPED_TEST(LawsExhaustive, DelaysAreInOrderFiniteAndNormal) {
  if (is_repeated<TypeParam>) {
    GTEST_SKIP() << "as the exponential law, of which SteepAndFlatLaws has another rate";
  }
  TypeParam const law = Exact<TypeParam>::example();
  Disorder const found = inspect_all(law.sampler());
  EXPECT_EQ(found.decreases, 0u);
  EXPECT_EQ(found.abnormal, 0u);
}

/// Where neighbours are nearest to each other, or tables finest.
template <class L>
class SteepAndFlatLaws : public testing::Test {};

struct FlatPareto {
  static Pareto law() { return {1.0, 1e6}; }
};
struct SteepPareto {
  static Pareto law() { return {1.0, 0.55}; }
};
struct FlatWeibull {
  static Weibull law() { return {0.7, 1e6}; }
};
struct SteepWeibull {
  static Weibull law() { return {8.0, 0.25}; }
};
struct FlatLognormal {
  static Lognormal law() { return {80.0, 1e-6}; }
};
struct SteepLognormal {
  static Lognormal law() { return {0.0, 9.0}; }
};
struct FlatLogLogistic {
  static LogLogistic law() { return {0.7, 1e6}; }
};
struct SteepLogLogistic {
  static LogLogistic law() { return {1e-15, 0.4}; }
};
struct FlatGamma {
  static Gamma law() { return {1e6, 3.0}; }
};
struct SteepGamma {
  static Gamma law() { return {0.25, 0.01}; }
};
struct SlowExponential {
  static ShiftedExponential law() { return {1000.0, 0.7}; }
};
struct BentHyperexponential {
  static Hyperexponential law() { return {1e-6, 1.0, 1e4}; }
};
using SteepAndFlat = testing::Types<FlatPareto, SteepPareto, FlatWeibull, SteepWeibull, FlatLognormal,
                                    SteepLognormal, FlatLogLogistic, SteepLogLogistic, FlatGamma, SteepGamma,
                                    SlowExponential, BentHyperexponential>;
TYPED_TEST_SUITE(SteepAndFlatLaws, SteepAndFlat);

TYPED_TEST(SteepAndFlatLaws, ExhaustiveDelaysAreInOrderFiniteAndNormal) {
  auto const law = TypeParam::law();
  if constexpr (requires { law.problem(); }) {
    ASSERT_EQ(law.problem(), "");
  }
  Disorder const found = inspect_all(law.sampler());
  EXPECT_EQ(found.decreases, 0u);
  EXPECT_EQ(found.abnormal, 0u);
}

/// One step down of two floats in the middle of a range, as a border between two formulas could have it.
struct Step : Weibull::Quantile {
  DSGD_HD double at(double hazard) const {
    return Weibull::Quantile::at(hazard) * (hazard < 0.4 ? 1.0 + 2e-7 : 1.0);
  }
};

TEST(LawsQuick, AStepDownIsNoticed) {
  EXPECT_EQ(inspect_all(HazardSampler<Step>{{{1.0, 1.0}}}).decreases, 1u);
}

}  // namespace
}  // namespace dsgd::test
