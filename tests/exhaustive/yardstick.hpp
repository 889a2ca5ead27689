/// -log u in double precision, by another series than the logarithm under test, fast enough for 2^32 words.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/draw/address.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd::test {

using portable::bits_from_double;
using portable::double_from_bits;

/// x < 2^52 as a double, without a conversion that old instruction sets lack.
DSGD_HD double double_from_integer(std::uint64_t x) {
  return double_from_bits(0x4330000000000000u | x) - 0x1p52;
}

/// log((1 + s) / (1 - s)) = 2 (s + s^3 / 3 + s^5 / 5 + ...), |s| <= 1/5; eleven terms leave 2^-55 of it.
template <int terms>
DSGD_HD double log_ratio(double s) {
  double const square = s * s;
  double sum = 1.0 / (2 * terms - 1);
  for (int i = terms - 2; i >= 0; --i) sum = sum * square + 1.0 / (2 * i + 1);
  return 2.0 * s * sum;
}

/// @param k, t  as of neg_log_uniform
/// @return      -log u; yardstick_test.cpp shows the error
template <int terms = 11>
DSGD_HD double neg_log_uniform_double(std::uint32_t k, std::uint32_t t) {
  bool const near_one = k >= 0xC0000000u;
  std::uint32_t const j = near_one ? ~k : k;
  bool const tail = j < tail_cells;
  // the nearer of u and 1 - u; at most 53 bits, so exact
  double const upper = tail ? double_from_integer(j) * 0x1p32 : 0.0;
  double const end = (upper + (double_from_integer(tail ? t : j) + 0.5)) * (tail ? 0x1p-64 : 0x1p-32);

  // near one, -log(1 - end) is the ratio with s = end / (2 - end); else u = 2^-e z with z in [3/4, 3/2)
  std::uint64_t const bits = bits_from_double(end);
  std::uint64_t const bias = std::uint64_t{1024} << 52;
  std::uint64_t const e = near_one ? 0 : 1024 - ((bits - bits_from_double(0.75) + bias) >> 52);
  double const z = double_from_bits(bits + (e << 52));
  double const s = (near_one ? end : 1.0 - z) / (near_one ? 2.0 - end : 1.0 + z);
  return double_from_integer(e) * 0x1.62e42fefa39efp-1 + log_ratio<terms>(s);
}

}  // namespace dsgd::test
