#include "bench/copy.hpp"

#include <unistd.h>

#include <algorithm>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <thread>
#include <vector>

namespace dsgd {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int passes = 3;

/// Size of all sources and targets together.
std::size_t buffer_bytes() {
  constexpr std::size_t least = std::size_t{1} << 28, most = std::size_t{1} << 30;
  long const cache = ::sysconf(_SC_LEVEL3_CACHE_SIZE);  // 0 or -1 where it is not known
  std::size_t const wanted = std::clamp(4 * static_cast<std::size_t>(std::max(cache, 0L)), least, most);
  auto const pages = static_cast<std::size_t>(std::max(::sysconf(_SC_PHYS_PAGES), 1L));
  return std::min(wanted, pages / 8 * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)));
}

struct Part {
  std::unique_ptr<std::byte[]> source, target;
  std::vector<SteadyClock::time_point> begun, ended;  ///< times of each pass
};

/// Touches its own memory first, as a page belongs to the node of the thread that touches it, then copies.
void copy_passes(Part& part, std::size_t bytes, std::barrier<>& all) {
  std::memset(part.source.get(), 1, bytes);
  std::memset(part.target.get(), 2, bytes);
  for (int i = 0; i < passes; ++i) {
    all.arrive_and_wait();
    part.begun[static_cast<std::size_t>(i)] = SteadyClock::now();
    std::memcpy(part.target.get(), part.source.get(), bytes);
    part.ended[static_cast<std::size_t>(i)] = SteadyClock::now();
    auto const* const written = static_cast<std::byte volatile*>(part.target.get());
    static_cast<void>(written[bytes / 2]);  // so that the compiler drops no copy
  }
}

}  // namespace

std::optional<double> copy_bytes_per_second(unsigned threads) try {
  std::size_t const bytes = std::max<std::size_t>(buffer_bytes() / 2 / threads, 1);
  std::vector<Part> parts(threads);
  for (Part& part : parts)
    part = {std::make_unique_for_overwrite<std::byte[]>(bytes),
            std::make_unique_for_overwrite<std::byte[]>(bytes), std::vector<SteadyClock::time_point>(passes),
            std::vector<SteadyClock::time_point>(passes)};
  std::barrier<> all(static_cast<std::ptrdiff_t>(threads));
  {
    std::vector<std::jthread> workers;
    workers.reserve(threads);
    for (Part& part : parts) workers.emplace_back([&] { copy_passes(part, bytes, all); });
  }
  double best = 0;
  for (std::size_t i = 0; i < passes; ++i) {
    auto begun = parts[0].begun[i], ended = parts[0].ended[i];
    for (Part const& part : parts) {
      begun = std::min(begun, part.begun[i]);
      ended = std::max(ended, part.ended[i]);
    }
    double const seconds = std::max(std::chrono::duration<double>(ended - begun).count(), 1e-9);
    best = std::max(best, 2.0 * static_cast<double>(bytes) * threads / seconds);
  }
  return best;
} catch (std::bad_alloc const&) {
  return std::nullopt;
}

}  // namespace dsgd
