/// Uniforms of 64 bits that keep their precision at both ends of (0, 1).
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd {

/// u = (bits + 1/2) / 2^64 in [2^-65, 1 - 2^-65], as the exact sum hi + lo. 65 bits do not fit into a double:
/// hi alone may be 1. 1 - u belongs to ~bits.
struct UniformSum {
  double hi, lo;
};

DSGD_HD UniformSum uniform(std::uint64_t bits) {
  // Each half is put below the leading bit of 2^20 or 2^-12, which is then subtracted; both steps are exact.
  double const upper = portable::double_from_bits(0x4130000000000000u | bits >> 32) - 0x1p20;
  double const lower =
      portable::double_from_bits(0x3f30000000000000u | (bits & 0xffffffffu)) - (0x1p-12 - 0x1p-65);
  double const hi = upper + lower;
  return {hi, lower - (hi - upper)};
}

/// log u, in [-45.1, -2.7e-20], within 1.4 ulp at both ends.
DSGD_HD double log_uniform(std::uint64_t bits) {
  UniformSum const u = uniform(bits);
  return portable::log_of_sum(u.hi, u.lo);
}

}  // namespace dsgd
