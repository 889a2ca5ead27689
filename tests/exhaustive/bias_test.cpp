/// The weights and the correction with which a bias is computed, against closed forms and a direct sum.
#include "bias.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "address.hpp"

namespace dsgd::test {
namespace {

/// Bias where the words [first, first + 2^20) are off by 1, the others exact.
Bias unit_errors(std::uint32_t first) {
  std::vector<double> const errors(tail_cells, 1.0);
  Bias bias;
  run(best_instruction_set(),
      [&]() DSGD_INLINE_LAMBDA { add_word_errors(first, errors.data(), tail_cells, bias); });
  return bias;
}

TEST(BiasQuick, WeightsAreTheProbabilitiesOfTheNearestWord) {
  Bias const lower = unit_errors(0), upper = unit_errors(~0u - (tail_cells - 1));
  Bias single;
  double const one = 1.0;
  add_word_errors(0, &one, 1, single);
  for (std::size_t i = 0; i < worker_counts; ++i) {
    double const m = std::ldexp(1.0, static_cast<int>(i));
    double const any_of_m = -std::expm1(m * std::log1p(-0x1p-12));  // P(a word of m is among these 2^20)
    double const all_of_m = std::pow(0x1p-12, m);
    EXPECT_NEAR(lower.maximum[i] / any_of_m, 1.0, 1e-9) << "m = " << m;
    EXPECT_NEAR(upper.minimum[i] / any_of_m, 1.0, 1e-9) << "m = " << m;
    EXPECT_NEAR(lower.minimum[i], all_of_m, 1e-9 * all_of_m + 1e-30) << "m = " << m;
    EXPECT_NEAR(upper.maximum[i], all_of_m, 1e-9 * all_of_m + 1e-30) << "m = " << m;
    double const first_of_m = -std::expm1(m * std::log1p(-0x1p-32));
    EXPECT_NEAR(single.maximum[i] / first_of_m, 1.0, 1e-9) << "m = " << m;
  }
}

/// Mean of the nearest of `workers` words to the end where -log u is `antiderivative`'s, of 2^10 words whose
/// tails are uniform: sum of P(word nearest) * mean over the word's cell.
template <class Antiderivative>
double mean_with_shared_tails(int workers, Antiderivative const& antiderivative) {
  int const words = 1024;
  long double sum = 0.0L;
  for (int k = 0; k < words; ++k) {
    long double const from = static_cast<long double>(k) / words,
                      to = static_cast<long double>(k + 1) / words;
    sum += (std::pow(1 - from, workers) - std::pow(1 - to, workers)) * words *
           (antiderivative(to) - antiderivative(from));
  }
  return static_cast<double>(sum);
}

TEST(BiasQuick, SharedTailFormulaIsTheDirectSum) {
  auto const x_log_x = [](long double x) { return x > 0 ? x * std::log(x) - x : 0.0L; };
  for (int workers : {4, 8, 16}) {
    long double harmonic = 0.0L;
    for (int i = workers; i > 0; --i) harmonic += 1.0L / i;
    double const maximum = mean_with_shared_tails(workers, [&](long double u) { return -x_log_x(u); }) -
                           static_cast<double>(harmonic);
    double const minimum =
        mean_with_shared_tails(workers, [&](long double v) { return x_log_x(1 - v); }) - 1.0 / workers;
    // the formulas leave out a share of about workers / words
    EXPECT_NEAR(shared_tail_bias_of_maximum(workers, 1024, 1024) / maximum, 1.0, 0.02) << workers;
    EXPECT_NEAR(shared_tail_bias_of_minimum(workers, 1024, 1024) / minimum, 1.0, 0.02) << workers;
  }
}

}  // namespace
}  // namespace dsgd::test
