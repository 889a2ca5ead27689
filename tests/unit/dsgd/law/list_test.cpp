/// Every law of the list: exact values, order, range, the same bits everywhere.
#include "dsgd/law/list.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "support/every_law.hpp"
#include "support/exact_laws.hpp"
#include "support/example_laws.hpp"

namespace dsgd {
namespace {

template <class L>
class EveryLaw : public testing::Test {};
TYPED_TEST_SUITE(EveryLaw, LawTypes);

/// Errors of at(): tables promise 2e-9. Formulas have a logarithm or an exponent of up to 180 in double,
/// 2e-14 of it, and the exponential's 48 bits of its scale 4e-15.
template <class Sampler>
constexpr double promised_error() {
  return std::is_base_of_v<TabulatedQuantile, Sampler> ? 2.1e-9 : 1e-13;
}

/// In [low, high), on a logarithmic scale.
double logarithmic(std::mt19937_64& random, double low, double high) {
  double const share = static_cast<double>(random() >> 11) * 0x1p-53;
  return low * std::exp(std::log(high / low) * share);
}

/// Between the exact delays of two hazards: so that atoms are met, too.
template <class L>
testing::AssertionResult lies_between(L const& law, double value, long double from, long double to,
                                      long double error) {
  long double const least = Exact<L>::excess(law, from) * (1 - error) - std::numeric_limits<float>::min();
  long double const most = Exact<L>::excess(law, to) * (1 + error);
  if (static_cast<long double>(value) >= least && static_cast<long double>(value) <= most)
    return testing::AssertionSuccess();
  return testing::AssertionFailure() << value << " is not in [" << least << ", " << most << "], hazard "
                                     << from;
}

TYPED_TEST(EveryLaw, AtIsTheExactQuantile) {
  std::mt19937_64 random(1);
  for (TypeParam const& law : example_laws<TypeParam>()) {
    auto const sampler = law.sampler();
    for (int i = 0; i < 1000; ++i) {
      double const hazard = i % 2 == 0 ? logarithmic(random, min_hazard, 127) : logarithmic(random, 1e-3, 50);
      long double const slack = 1e-15L;  // for laws that jump
      ASSERT_TRUE(lies_between(law, sampler.at(hazard), hazard * (1 - slack), hazard * (1 + slack),
                               promised_error<typename TypeParam::Sampler>()));
    }
  }
}

struct Address {
  std::uint32_t k, t;
};

/// Half of them with tail words.
Address random_address(std::mt19937_64& random) {
  auto const j = static_cast<std::uint32_t>(random() >> 32) >> (random() % 32);
  std::uint32_t const k = random() % 2 == 0 ? j : ~j;
  return {k, needs_tail(k) ? static_cast<std::uint32_t>(random()) : 0};
}

/// -log u, u as the words define it.
long double exact_hazard(Address a) {
  bool const upper = a.k >= 0x80000000u;
  std::uint32_t const j = upper ? ~a.k : a.k;
  long double const distance = needs_tail(a.k) ? std::ldexp(static_cast<long double>(j), -32) +
                                                     std::ldexp(static_cast<long double>(a.t) + 0.5L, -64)
                                               : std::ldexp(static_cast<long double>(j) + 0.5L, -32);
  return upper ? -std::log1p(-distance) : -std::log(distance);
}

/// 1.4 ulp of the logarithm, 1.7e-7, and one rounding to float32. Ranks of an empirical law are of 32 bits.
TYPED_TEST(EveryLaw, ExcessIsTheDelayOfItsWords) {
  std::mt19937_64 random(2);
  for (TypeParam const& law : example_laws<TypeParam>()) {
    auto const sampler = law.sampler();
    for (int i = 0; i < 1000; ++i) {
      Address const a = random_address(random);
      long double const hazard = exact_hazard(a);
      float const excess = sampler.excess(a.k, a.t);
      ASSERT_TRUE(lies_between(law, static_cast<double>(excess), hazard * (1 - 1.8e-7L),
                               hazard * (1 + 1.8e-7L), 7e-8L))
          << a.k << " " << a.t;
    }
  }
}

TYPED_TEST(EveryLaw, ExcessOfAHazardIsAtRounded) {
  std::mt19937_64 random(3);
  for (TypeParam const& law : example_laws<TypeParam>()) {
    auto const sampler = law.sampler();
    for (int i = 0; i < 1000; ++i) {
      double const hazard = logarithmic(random, min_hazard, 45);
      ASSERT_EQ(sampler.excess_at(hazard), to_excess(sampler.at(hazard))) << hazard;
    }
  }
}

/// Delays of words in the order of u: every 2^16-th word, and the 2^12 nearest to either end with the ends of
/// their tail words. tests/exhaustive goes through all.
template <class Sampler>
std::uint64_t count_disorders(Sampler const& law) {
  std::uint64_t disorders = 0;
  float last = std::numeric_limits<float>::max();
  auto const visit = [&](std::uint32_t k, std::uint32_t t) {
    float const excess = law.excess(k, t);
    disorders += !(excess <= last) || !(excess == 0.0f || std::isnormal(excess));
    last = excess;
  };
  for (std::uint32_t k = 0; k < 4096; ++k) {
    visit(k, 0);
    visit(k, ~0u);
  }
  for (std::uint32_t k = tail_cells; k < ~tail_cells - 0x10000; k += 0x10000) visit(k, 0);
  for (std::uint32_t j = 4096; j-- > 0;) {
    visit(~j, ~0u);
    visit(~j, 0);
  }
  return disorders;
}

TYPED_TEST(EveryLaw, DelaysAreInOrderFiniteAndNormal) {
  for (TypeParam const& law : example_laws<TypeParam>()) EXPECT_EQ(count_disorders(law.sampler()), 0u);
}

/// A law that does not keep the order is noticed.
TEST(Disorder, IsNoticed) {
  struct Wrong : Exponential::Sampler {
    float excess(std::uint32_t k, std::uint32_t t) const {
      return Exponential::Sampler::excess(k == 5 ? k + 1 : k == 6 ? k - 1 : k, t);
    }
  };
  EXPECT_GT(count_disorders(Wrong{Exponential{}.sampler()}), 0u);
}

/// Words as in Exact::bits.
template <class Sampler>
KnownBits some_bits(Sampler const& law) {
  return {law.excess(0, 0),           law.excess(tail_cells - 1, 7), law.excess(tail_cells, 0),
          law.excess(0x80000000u, 0), law.excess(0xC0000000u, 0),    law.excess(~0u, 0)};
}

/// From a machine with AVX-512, g++ 12: any other must give the same.
TYPED_TEST(EveryLaw, HasTheKnownBits) {
  TypeParam const law = Exact<TypeParam>::example();
  KnownBits const found = some_bits(law.sampler());
  for (std::size_t i = 0; i < found.size(); ++i) {
    char text[2][32];
    std::snprintf(text[0], sizeof text[0], "%a", static_cast<double>(found[i]));
    std::snprintf(text[1], sizeof text[1], "%a", static_cast<double>(Exact<TypeParam>::bits[i]));
    EXPECT_STREQ(text[0], text[1]) << i;
  }
}

/// Only then are an iteration's delays a fresh start for asynchronous workers.
TYPED_TEST(EveryLaw, HasNoMemoryWhereTheDelayIsProportionalToTheHazard) {
  for (TypeParam const& law : example_laws<TypeParam>()) {
    if (!TypeParam::memoryless) break;
    EXPECT_EQ(law.origin(), 0.0);
    for (double const hazard : {1e-20, 1.0, 20.0})
      EXPECT_EQ(law.sampler().at(2 * hazard), 2 * law.sampler().at(hazard));
  }
}

TYPED_TEST(EveryLaw, ReadsItsTableWhereverItIs) {
  for (TypeParam const& law : example_laws<TypeParam>()) {
    auto const sampler = law.sampler();
    if constexpr (requires { sampler.table(); }) {
      std::vector const copy(sampler.table().begin(), sampler.table().end());
      auto const copied = sampler.with_table(copy.data());
      std::mt19937_64 random(4);
      for (int i = 0; i < 1000; ++i) {
        Address const a = random_address(random);
        ASSERT_EQ(copied.excess(a.k, a.t), sampler.excess(a.k, a.t));
      }
    }
  }
}

TYPED_TEST(EveryLaw, CanBeCopiedToADevice) {
  static_assert(std::is_trivially_copyable_v<typename TypeParam::Sampler>);
  static_assert(sizeof(typename TypeParam::Sampler) <= 32);
}

TEST(Shift, MovesTheOriginAndNothingElse) {
  for (Law law : test::every_law()) {
    double const before = origin(law);
    KnownBits const excesses = std::visit([](auto const& l) { return some_bits(l.sampler()); }, law);
    std::visit([](auto& l) { l.shift += 3; }, law);
    EXPECT_DOUBLE_EQ(origin(law), before + 3) << law.index();
    EXPECT_EQ(std::visit([](auto const& l) { return some_bits(l.sampler()); }, law), excesses) << law.index();
    EXPECT_FALSE(memoryless(law)) << law.index();
  }
}

}  // namespace
}  // namespace dsgd
