/// Threads over numbered blocks, handed out dynamically.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace dsgd::test {

/// Calls body(state, number) for every number in [first, last), on all processors, one state per thread.
/// @return  the states, to be added up by the caller
template <class State, class Body>
std::vector<State> for_each_block(std::uint32_t first, std::uint32_t last, Body const& body) {
  constexpr std::uint32_t taken_at_once = 64;
  std::vector<State> states(std::max(1u, std::thread::hardware_concurrency()));
  std::atomic<std::uint64_t> next{first};
  std::vector<std::jthread> threads;
  threads.reserve(states.size());
  for (State& state : states) {
    threads.emplace_back([&] {
      for (;;) {
        std::uint64_t const begin = next.fetch_add(taken_at_once, std::memory_order_relaxed);
        if (begin >= last) return;
        auto const end = static_cast<std::uint32_t>(std::min<std::uint64_t>(begin + taken_at_once, last));
        for (auto number = static_cast<std::uint32_t>(begin); number < end; ++number) body(state, number);
      }
    });
  }
  threads.clear();  // waits
  return states;
}

}  // namespace dsgd::test
