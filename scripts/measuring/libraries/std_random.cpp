// What a C++ programmer writes without a library: std::mt19937_64 and std::exponential_distribution.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>

static std::mt19937_64 generator;

extern "C" void seed(std::uint64_t value) { generator.seed(value); }

// sums: of the largest and of the smallest delays of the iterations.
extern "C" void draw(std::uint64_t workers, std::uint64_t iterations, double rate, double* sums) {
  std::exponential_distribution<double> delay(rate);
  double largest_sum = 0, smallest_sum = 0;
  for (std::uint64_t i = 0; i < iterations; ++i) {
    double largest = 0, smallest = std::numeric_limits<double>::infinity();
    for (std::uint64_t worker = 0; worker < workers; ++worker) {
      double const x = delay(generator);
      largest = std::max(largest, x);
      smallest = std::min(smallest, x);
    }
    largest_sum += largest;
    smallest_sum += smallest;
  }
  sums[0] = largest_sum;
  sums[1] = smallest_sum;
}
