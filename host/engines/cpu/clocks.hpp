/// Strategies that follow the workers' clocks: replications side by side in vector registers.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/cpu/sums.hpp"

namespace dsgd {

/// Adds replications of strategies that follow clocks, for one thread.
class CpuClocks {
 public:
  explicit CpuClocks(InstructionSet const& set, StopCheck stop = {}) : set_(&set), stop_(std::move(stop)) {}

  /// True for moderate numbers of equal workers whose delays are short enough for keys of 64 bits, under every rule.
  static bool serves(Observable const& observable);

  /// @throws Stopped
  /// @pre observable.runtime holds Clocks, and is served
  void operator()(Stream stream, Observable const& observable, IterationRange replications, Summary& summary);

 private:
  static constexpr std::uint32_t requests_at_once = 64;
  static constexpr std::uint32_t durations_at_once = 64;  ///< kept per lane until they are added

  /// The work of one call.
  struct Task {
    Stream stream;
    Observable const& observable;
    Clocks clocks;
    LaneRule rule;
    DelayTicks delays;
    PhiloxPlan plan;
    Summary& summary;
  };

  void reserve(Observable const& observable);

  std::uint32_t slot_of(std::uint32_t worker, std::uint32_t lane) const;

  /// Adds at most clocks.lanes replications.
  void run(Task const& task, IterationRange replications);
  void start(Task const& task, std::uint32_t active);
  void advance(Task const& task, std::uint64_t arrivals, bool measured);

  /// Draws the jobs that were asked for.
  void fulfil_requests(Task const& task);
  void fulfil(Task const& task, std::span<std::uint64_t const> requests);

  /// Makes the ticks of jobs longer in which their worker is slow. @param padded  number of requests, as drawn
  void slow_down(Task const& task, std::span<std::uint64_t const> requests, std::uint32_t padded);

  /// Sets the first arrivals of workers that start in the middle of their first jobs.
  void start_under_way(Task const& task);

  /// Finds the smallest key of every family.
  void find_heads();
  void move_origin(std::uint32_t lane);
  void add_durations_of(Task const& task);
  void add_late(Task const& task);
  void add_stalenesses(Task const& task);

  InstructionSet const* set_;
  StopCheck stop_;
  ClockLanes state_{};
  std::uint32_t first_ = 0;       ///< number of the replication in lane 0
  std::vector<uint128> origins_;  ///< [lanes], ticks at key 0
  std::vector<std::uint64_t> keys_, heads_, delays_, progress_, arrivals_, updated_, requests_, durations_,
      stalenesses_;
  std::vector<std::uint32_t> waiting_, late_, least_ended_, slowest_, ended_, held_, held_count_;
  std::vector<std::uint8_t> is_slow_;  ///< [slots], was the worker's last job that was drawn?
  std::vector<std::uint32_t> blocks_, workers_, replications_, words_, tails_;  ///< 1 or 4 per request
  std::vector<float> excesses_;
  std::vector<std::uint64_t> ticks_;
  std::vector<std::uint64_t> first_arrivals_;  ///< [workers], ticks, for one lane
};

}  // namespace dsgd
