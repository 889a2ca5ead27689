/// The jobs that the inner loop of clocks asks for: drawn in blocks of four, of many workers together.
#include <algorithm>
#include <bit>

#include "dsgd/clock/plan.hpp"
#include "engines/cpu/clocks.hpp"

namespace dsgd {

void CpuClocks::fulfil_requests(Task const& task) {
  for (std::uint32_t i = 0; i < state_.request_count; i += requests_at_once)
    fulfil(task, {state_.requests + i, std::min(state_.request_count - i, requests_at_once)});
  state_.request_count = 0;
}

void CpuClocks::fulfil(Task const& task, std::span<std::uint64_t const> requests) {
  int const family_bits = std::countr_zero(state_.family);
  int const lane_bits = std::countr_zero(set_->clocks.lanes);
  auto const count = static_cast<std::uint32_t>(requests.size());
  std::uint32_t const padded = (count + max_granule - 1) / max_granule * max_granule;
  for (std::uint32_t r = 0; r < padded; ++r) {
    std::uint64_t const request = requests[std::min(r, count - 1)];
    auto const slot = static_cast<std::uint32_t>(request);
    blocks_[r] = static_cast<std::uint32_t>(request >> 32);
    std::uint32_t const head = slot >> family_bits;
    workers_[r] = (head >> lane_bits) << family_bits | (slot & (state_.family - 1));
    replications_[r] = first_ + (head & (set_->clocks.lanes - 1));
  }
  set_->clocks.draw_jobs(task.plan, task.stream.id, blocks_.data(), workers_.data(), replications_.data(),
                         padded, words_.data());
  std::size_t const words = 4 * std::size_t{padded};
  task.delays.excesses({words_.data(), words}, excesses_.data(), tails_.data(), [&](std::uint32_t i) {
    std::uint64_t const iteration =
        job_address(replications_[i % padded], 0, 4 * std::uint64_t{blocks_[i % padded]}).iteration;
    return tail_word(task.stream, iteration, words_[i]);
  });
  task.delays.convert({excesses_.data(), words}, ticks_.data());
  std::uint64_t const origin_ticks = task.observable.origin_ticks();
  for (std::uint64_t& ticks : std::span(ticks_.data(), words)) ticks += origin_ticks;
  if (task.observable.stragglers) slow_down(task, requests, padded);
  for (std::uint32_t r = 0; r < count; ++r) {
    std::uint64_t* const delays =
        state_.delays + (requests[r] & 0xffffffff) * ClockLanes::jobs_ahead + std::size_t{blocks_[r] % 2} * 4;
    for (std::uint32_t job = 0; job < 4; ++job) delays[job] = ticks_[job * padded + r] << state_.worker_bits;
  }
}

void CpuClocks::slow_down(Task const& task, std::span<std::uint64_t const> requests, std::uint32_t padded) {
  Stragglers const& stragglers = *task.observable.stragglers;
  for (std::uint32_t r = 0; r < padded; ++r)
    workers_[r] = static_cast<std::uint32_t>(state_address(0, workers_[r], 0).index / 4);
  set_->clocks.draw_jobs(task.plan, task.stream.id, blocks_.data(), workers_.data(), replications_.data(),
                         padded, words_.data());
  for (std::uint32_t r = 0; r < requests.size(); ++r) {
    std::uint8_t& is_slow = is_slow_[requests[r] & 0xffffffff];
    for (std::uint32_t job = 0; job < 4; ++job) {
      std::size_t const at = std::size_t{job} * padded + r;
      is_slow = stragglers.is_slow(words_[at], blocks_[r] == 0 && job == 0, is_slow != 0) ? 1 : 0;
      if (is_slow != 0)
        ticks_[at] = slow_ticks(task.observable.groups.front(), excesses_[at], stragglers.factor,
                                task.observable.quantum_exponent);
    }
  }
}

}  // namespace dsgd
