#include "dsgd/arithmetic/wide_unsigned.hpp"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <random>

namespace dsgd {
namespace {

using Big = boost::multiprecision::cpp_int;

template <int Limbs>
Big big(WideUnsigned<Limbs> const& value) {
  Big result = 0;
  for (int i = Limbs - 1; i >= 0; --i) result = (result << 64) + value.limb[i];
  return result;
}

Big modulus(int limbs) { return Big(1) << (64 * limbs); }

/// Limbs that are often 0 or all ones, so that carries run far.
class Source {
 public:
  std::uint64_t limb() {
    std::uint64_t const choice = random_() % 4;
    return choice == 0 ? 0 : choice == 1 ? ~std::uint64_t{0} : choice == 2 ? random_() % 3 : random_();
  }

  template <int Limbs>
  WideUnsigned<Limbs> wide() {
    WideUnsigned<Limbs> value;
    for (std::uint64_t& limb_of_value : value.limb) limb_of_value = limb();
    return value;
  }

 private:
  std::mt19937_64 random_{42};
};

TEST(WideUnsigned, AddsAndSubtractsModuloItsWidth) {
  Source source;
  for (int i = 0; i < 100'000; ++i) {
    auto const a = source.wide<3>();
    auto const b = source.wide<3>();
    auto sum = a;
    sum += b;
    ASSERT_EQ(big(sum), (big(a) + big(b)) % modulus(3));
    auto difference = a;
    difference -= b;
    ASSERT_EQ(big(difference), (big(a) - big(b) + modulus(3)) % modulus(3));
    auto more = a;
    uint128 const small = uint128{b.limb[1]} << 64 | b.limb[0];
    more += small;
    ASSERT_EQ(big(more), (big(a) + big(widen<3>(small))) % modulus(3));
  }
}

TEST(WideUnsigned, MultipliesAndComparesExactly) {
  Source source;
  for (int i = 0; i < 100'000; ++i) {
    auto const a = source.wide<3>();
    auto const b = source.wide<1>();
    auto const c = source.wide<2>();
    auto const d = source.wide<2>();
    ASSERT_EQ(big(multiply(a, b)), big(a) * big(b));
    ASSERT_EQ(big(multiply(c, d)), big(c) * big(d));
    ASSERT_EQ(c < d, big(c) < big(d));
    ASSERT_EQ(c == d, big(c) == big(d));
    ASSERT_EQ(a.bit_width(), big(a) == 0 ? 0 : static_cast<int>(msb(big(a))) + 1);
  }
}

/// Is `quotient` the double nearest to n / d? Decided in integers: twice the error must not exceed the gap to
/// either neighbour, and at exactly half the gap the last bit must be even.
void expect_nearest(Big const& n, Big const& d, double quotient) {
  auto const scaled = [](double x) {
    return Big(std::ldexp(x, 500));
  };  // every double used here is >= 2^-260
  Big const exact = n << 500;
  for (double const neighbour : {std::nextafter(quotient, 0.0), std::nextafter(quotient, 1e300)}) {
    Big const error = abs(exact - scaled(quotient) * d) * 2;
    Big const gap = abs(scaled(neighbour) - scaled(quotient)) * d;
    ASSERT_LE(error, gap) << n << " / " << d;
    if (error == gap && quotient > 0) {
      std::uint64_t bits = 0;
      std::memcpy(&bits, &quotient, sizeof bits);
      ASSERT_EQ(bits % 2, 0u) << "a tie goes to even: " << n << " / " << d;
    }
  }
}

TEST(Divide, RoundsOnceToNearestEven) {
  Source source;
  for (int i = 0; i < 20'000; ++i) {
    auto const n = source.wide<4>();
    auto d = source.wide<4>();
    d.limb[3] >>= 1;
    if (i % 3 == 0) d.limb[3] = d.limb[2] = 0;
    if (big(d) == 0) continue;
    if (big(n) == 0) {
      ASSERT_EQ(divide(n, d), 0.0);
      continue;
    }
    expect_nearest(big(n), big(d), divide(n, d));
  }
}

TEST(Divide, TiesGoToEven) {
  WideUnsigned<4> const one{{1}};
  std::uint64_t const two53 = std::uint64_t{1} << 53;
  EXPECT_EQ(divide(WideUnsigned<4>{{two53 + 1}}, one), 0x1p53);      // half way, down to even
  EXPECT_EQ(divide(WideUnsigned<4>{{two53 + 3}}, one), 0x1p53 + 4);  // half way, up to even
  EXPECT_EQ(divide(WideUnsigned<4>{{1, 2}}, WideUnsigned<4>{{0, 1}}), 2.0);
  EXPECT_EQ(divide(WideUnsigned<4>{{1}}, WideUnsigned<4>{{3}}), 1.0 / 3.0);
}

}  // namespace
}  // namespace dsgd
