#include "report.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

namespace dsgd::test {

namespace {

/// In units of the mean delay. Words without tails add less than 1e-6 of a per cent: their u is the middle of
/// a cell that is small beside u.
Bias shared_tail_bias() {
  Bias bias;
  for (std::size_t i = 0; i < worker_counts; ++i) {
    bias.maximum[i] = shared_tail_bias_of_maximum(1u << i, 0x1p32, tail_cells);
    bias.minimum[i] = shared_tail_bias_of_minimum(1u << i, 0x1p32, tail_cells);
  }
  return bias;
}

}  // namespace

RelativeBias relative_bias(Bias const& bias, double scale) {
  static Bias const shared_tails = shared_tail_bias();
  RelativeBias relative;
  for (std::size_t i = 0; i < worker_counts; ++i) {
    std::uint32_t const m = 1u << i;
    double const one_percent = 0.01 * 1e-6;  // of a standard deviation, at 10^12 iterations
    double const maximum_unit = one_percent * std::sqrt(harmonic2(m));
    double const minimum_unit = one_percent / m;
    relative.rounding.maximum[i] = bias.maximum[i] / scale / maximum_unit;
    relative.rounding.minimum[i] = bias.minimum[i] / scale / minimum_unit;
    relative.shared_tails.maximum[i] = shared_tails.maximum[i] / maximum_unit;
    relative.shared_tails.minimum[i] = shared_tails.minimum[i] / minimum_unit;
  }
  return relative;
}

void print(std::string const& what, Findings const& findings) {
  std::printf("%s: %llu addresses, largest error %.4f ulp at k = 0x%08x, t = 0x%08x, %llu increases\n",
              what.c_str(), static_cast<unsigned long long>(findings.addresses), findings.error,
              findings.worst.k, findings.worst.t, static_cast<unsigned long long>(findings.increases));
}

void print(RelativeBias const& bias) {
  std::printf(
      "bias in %% of the standard error at 10^12 iterations\n"
      "             E[max]                       E[min]\n"
      "      m  rounding   tails   total   rounding   tails   total\n");
  Bias const total = bias.total();
  for (std::size_t i = 0; i < worker_counts; ++i) {
    std::printf("%7u   %7.4f %7.4f %7.4f    %7.4f %7.4f %7.4f\n", 1u << i, bias.rounding.maximum[i],
                bias.shared_tails.maximum[i], total.maximum[i], bias.rounding.minimum[i],
                bias.shared_tails.minimum[i], total.minimum[i]);
  }
}

void expect_promised(RelativeBias const& bias) {
  Bias const total = bias.total();
  for (std::size_t i = 0; i <= promised_workers; ++i) {
    EXPECT_LT(std::fabs(total.maximum[i]), promised_bias) << "E[max], m = 2^" << i;
    EXPECT_LT(std::fabs(total.minimum[i]), promised_bias) << "E[min], m = 2^" << i;
  }
}

}  // namespace dsgd::test
