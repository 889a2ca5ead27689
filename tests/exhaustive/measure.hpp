/// Measures a function of (k, t) that should be scale * (-log u): error, order, range and bias, in one pass.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "address.hpp"
#include "bias.hpp"
#include "dsgd/arithmetic/portable_log.hpp"
#include "parallel.hpp"
#include "simd.hpp"
#include "yardstick.hpp"

namespace dsgd::test {

struct Findings {
  std::uint64_t addresses = 0;
  std::uint64_t increases = 0;  ///< pairs of neighbours whose values are not in order
  std::uint64_t abnormal = 0;   ///< values that are not normal, positive and finite
  double error = 0.0;           ///< largest, in units in the last place of the true value
  Address worst{};              ///< where
  Bias bias;                    ///< of the blocks measured; complete only where all were

  Findings& operator+=(Findings const& other) {
    addresses += other.addresses;
    increases += other.increases;
    abnormal += other.abnormal;
    if (other.error > error) {
      error = other.error;
      worst = other.worst;
    }
    bias += other.bias;
    return *this;
  }
};

namespace detail {

constexpr std::uint32_t lanes = 64;  // enough that compilers make vectors of them and do not unroll
using Values = std::array<float, BlockShape::addresses>;
using Doubles = std::array<double, BlockShape::addresses>;

/// 2^23 / 2^exponent(x). @pre x is a normal float's value
DSGD_HD double inverse_ulp(double x) {
  return double_from_bits((std::uint64_t{2 * 1023 + 23} - (bits_from_double(x) >> 52)) << 52);
}

/// A NaN is not in order with anything.
DSGD_HD std::uint32_t count_increases(Values const& values) {
  std::uint32_t increases = 0;
  for (std::uint32_t i = 1; i < values.size(); ++i) increases += values[i] <= values[i - 1] ? 0u : 1u;
  return increases;
}

DSGD_HD std::uint32_t count_abnormal(Values const& values) {
  std::uint32_t abnormal = 0;
  for (float const value : values) {
    auto const bits = static_cast<std::uint32_t>(bits_from_float(value));
    abnormal += bits - 0x00800000u < 0x7f800000u - 0x00800000u ? 0u : 1u;
  }
  return abnormal;
}

/// errors[i] = values[i] - truth[i]. @return the largest in ulp
DSGD_HD double largest_error(Values const& values, Doubles const& truth, Doubles& errors) {
  double worst[lanes] = {};
  for (std::uint32_t i = 0; i < values.size(); i += lanes) {
    for (std::uint32_t l = 0; l < lanes; ++l) {
      double const error = static_cast<double>(values[i + l]) - truth[i + l];
      double const ulps = std::fabs(error) * inverse_ulp(truth[i + l]);
      errors[i + l] = error;
      worst[l] = worst[l] < ulps ? ulps : worst[l];
    }
  }
  return *std::max_element(worst, worst + lanes);
}

inline Address find_largest_error(BlockShape shape, Values const& values, Doubles const& truth) {
  auto const ulps = [&](std::uint32_t i) {
    return std::fabs(static_cast<double>(values[i]) - truth[i]) * inverse_ulp(truth[i]);
  };
  std::uint32_t worst = 0;
  for (std::uint32_t i = 1; i < values.size(); ++i) worst = ulps(worst) < ulps(i) ? i : worst;
  return shape[worst];
}

/// A word's error is the mean over its tail words.
inline void average_over_strata(BlockShape shape, Doubles& errors) {
  if (shape.log2_strata == 0) return;
  std::uint32_t const strata = 1u << shape.log2_strata;
  for (std::uint32_t w = 0; w < shape.words; ++w) {
    double sum = 0.0;
    for (std::uint32_t s = 0; s < strata; ++s) sum += errors[w * strata + s];
    errors[w] = sum / strata;
  }
}

}  // namespace detail

/// First and last value of a block, to compare with its neighbours.
struct BlockBorders {
  float first, last;
};

/// One block's contribution to `findings`.
template <class Function>
BlockBorders measure_block(BlockShape shape, Function const& function, double scale, Findings& findings) {
  using namespace detail;
  AddressBlock const addresses(shape);
  Values values;
  Doubles truth, errors;
  double error = 0.0;
  run(best_instruction_set(), [&]() DSGD_INLINE_LAMBDA {
    for (std::uint32_t i = 0; i < values.size(); ++i) values[i] = function(addresses.k[i], addresses.t[i]);
    for (std::uint32_t i = 0; i < truth.size(); ++i) {
      truth[i] = scale * neg_log_uniform_double(addresses.k[i], addresses.t[i]);
    }
    error = largest_error(values, truth, errors);
    findings.increases += count_increases(values);
    findings.abnormal += count_abnormal(values);
  });
  average_over_strata(shape, errors);
  run(best_instruction_set(), [&]() DSGD_INLINE_LAMBDA {
    add_word_errors(shape.first_word, errors.data(), shape.words, findings.bias);
  });
  findings.addresses += values.size();
  if (error > findings.error) {
    findings.error = error;
    findings.worst = find_largest_error(shape, values, truth);
  }
  return {values.front(), values.back()};
}

/// Measures function(k, t) over the blocks [first, last), the borders between them included.
/// @param function  its operator() must be inlined (DSGD_HD)
/// @param scale     the true value is scale * (-log u)
template <class Function>
Findings measure(std::uint32_t first, std::uint32_t last, Function const& function, double scale = 1.0) {
  std::vector<BlockBorders> borders(last - first);
  auto const parts = for_each_block<Findings>(first, last, [&](Findings& findings, std::uint32_t number) {
    borders[number - first] = measure_block(block_shape(number), function, scale, findings);
  });
  Findings all;
  for (Findings const& part : parts) all += part;
  for (std::size_t b = 1; b < borders.size(); ++b) {
    if (!(borders[b].first <= borders[b - 1].last)) ++all.increases;
  }
  return all;
}

}  // namespace dsgd::test
