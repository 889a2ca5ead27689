#include "recommend/candidates.hpp"

#include <algorithm>

namespace dsgd {
namespace {

constexpr std::uint64_t most_spares = 16;  ///< numbers of spares that are tried

/// 1 to `last`, or as many numbers as are tried, spread evenly up to it.
std::vector<std::uint64_t> spares(std::uint64_t last) {
  std::uint64_t const count = std::min(last, most_spares);
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t i = 1; i <= count; ++i) numbers.push_back((i * last + count / 2) / count);
  return numbers;
}

Share number(std::uint64_t count) { return {static_cast<std::uint32_t>(count), 0}; }

}  // namespace

std::vector<Strategy> default_candidates(std::uint64_t workers, bool has_communication) {
  std::vector<Strategy> strategies{Sync{}};
  for (std::uint64_t const spare : spares(workers / 4)) strategies.emplace_back(Backup{number(spare)});
  if (workers > 1 && !has_communication) {  // which their workers would not wait for
    strategies.emplace_back(Async{});
    std::uint64_t last = 1;
    for (std::uint64_t const quarters : {1ull, 2ull, 3ull}) {
      std::uint64_t const k = quarters * workers / 4;
      if (k <= last) continue;
      strategies.emplace_back(KAsync{number(k)});
      last = k;
    }
    if (workers / 2 > 1) strategies.emplace_back(KBatchAsync{number(workers / 2)});
    strategies.emplace_back(KBatchAsync{number(workers)});
  }
  if (has_communication)
    for (std::uint32_t const steps : {2u, 4u, 8u, 16u}) {
      LocalSgd local{};
      local.steps = steps;
      strategies.emplace_back(local);
    }
  return strategies;
}

}  // namespace dsgd
