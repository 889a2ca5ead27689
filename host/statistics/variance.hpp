#pragma once

#include <cstdint>

#include "dsgd/arithmetic/wide_unsigned.hpp"
#include "dsgd/expects.hpp"

namespace dsgd {

/// (N S2 - S1^2) / (N (N - 1)): the unbiased variance of N integers with sum S1 and sum of squares S2, exact
/// but for one rounding.
/// @pre n >= 2
template <int Limbs>
double variance(std::uint64_t n, uint128 sum, WideUnsigned<Limbs> const& squares) {
  DSGD_EXPECTS(n >= 2);
  WideUnsigned<1> const count{{n}};
  WideUnsigned<1> const count_minus_1{{n - 1}};
  WideUnsigned<2> const s1 = widen<2>(sum);
  WideUnsigned<Limbs + 1> difference = multiply(squares, count);
  difference -= widen<Limbs + 1>(multiply(s1, s1));
  return divide(difference, widen<Limbs + 1>(multiply(count, count_minus_1)));
}

}  // namespace dsgd
