#include "bench/clock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <thread>
#include <vector>

namespace dsgd {
namespace {

constexpr int links = 6'000'000;
constexpr double cycles_per_link = 3;  // imul r64, r64 on every x86-64 core since 2008

#ifdef __x86_64__
constexpr bool latency_is_known = true;
#else
constexpr bool latency_is_known = false;
#endif

/// A value that takes `links` dependent multiplications to compute.
std::uint64_t chain(std::uint64_t value) {
  for (int i = 0; i < links / 4; ++i) {
#ifdef __x86_64__
    asm volatile("imulq %0, %0\n imulq %0, %0\n imulq %0, %0\n imulq %0, %0\n" : "+r"(value));
#else
    for (int j = 0; j < 4; ++j) value *= value | 1;
#endif
  }
  return value;
}

double clock_seconds(clockid_t clock) {
  std::timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double thread_seconds() { return clock_seconds(CLOCK_THREAD_CPUTIME_ID); }

struct Run {
  double wall, processor;  ///< seconds
  std::uint64_t value;     ///< kept, so that the chain is not optimised away
};

Run timed_chain() {
  double const processor = thread_seconds();
  auto const start = std::chrono::steady_clock::now();
  std::uint64_t const value = chain(3);
  double const wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {wall, thread_seconds() - processor, value};
}

}  // namespace

ClockProbe probe_clock(unsigned threads) {
  std::vector<Run> runs(threads);
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back([&runs, i] { runs[i] = timed_chain(); });
    runs[0] = timed_chain();
  }
  double wall = 0;
  double processor = 0;
  double fastest = runs[0].processor;
  for (Run const& run : runs) {
    wall += run.wall;
    processor += run.processor;
    fastest = std::min(fastest, run.processor);
  }
  ClockProbe probe{std::nullopt, std::min(1.0, processor / wall)};
  if (latency_is_known && fastest > 0) probe.hertz = links * cycles_per_link / fastest;
  return probe;
}

double processor_seconds() { return clock_seconds(CLOCK_PROCESS_CPUTIME_ID); }

}  // namespace dsgd
