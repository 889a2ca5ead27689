// What a C++ programmer writes without a library: std::mt19937_64 and std::exponential_distribution.
// Usage: std_random WORKERS ITERATIONS RATE SEED. Prints seconds and the sums of the largest and of the
// smallest delays.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>
#include <string>

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  std::uint64_t const workers = std::stoull(argv[1]);
  std::uint64_t const iterations = std::stoull(argv[2]);
  std::exponential_distribution<double> delay(std::stod(argv[3]));
  std::mt19937_64 generator(std::stoull(argv[4]));

  auto const start = std::chrono::steady_clock::now();
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
  std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - start;
  std::printf("%.9g %.17g %.17g\n", seconds.count(), largest_sum, smallest_sum);
}
