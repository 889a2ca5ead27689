#include "engines/cpu/cpu.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/engine/block_queue.hpp"
#include "engines/cpu/clocks.hpp"
#include "engines/cpu/drawn/copies.hpp"
#include "engines/cpu/drawn/deadlines.hpp"
#include "engines/cpu/drawn/drawn.hpp"
#include "engines/cpu/drawn/fleet_ranks.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/cpu/sampled.hpp"
#include "engines/cpu/sums.hpp"
#include "engines/definition/scalar.hpp"

namespace dsgd {
namespace {

/// Runs blocks for one thread, in vector registers what these serve and the rest by its definition. Each part
/// is made when the first work for it comes, as its buffers cost more than a small sweep.
class CpuBlocks {
 public:
  CpuBlocks(InstructionSet const& set, StopCheck stop) : set_(&set), stop_(std::move(stop)) {}

  void operator()(Batch const& batch, IterationRange units, std::span<Summary> summaries) {
    stop_(static_cast<std::uint64_t>(static_cast<double>(units.count) * draws_per_unit(batch)));
    if (std::all_of(batch.observables.begin(), batch.observables.end(), DrawnRanks::serves)) {
      std::uint32_t const run = DrawnRanks::run_length(batch.observables.size());
      if (!accumulate_ || accumulate_->max_run() < run) accumulate_.emplace(*set_, run);
      (*accumulate_)(batch, units, summaries);
      return;
    }
    if (std::all_of(batch.observables.begin(), batch.observables.end(), DrawnDeadlines::serves)) {
      made(deadlines_, *set_)(batch, units, summaries);
      return;
    }
    if (std::all_of(batch.observables.begin(), batch.observables.end(), is_sampled)) {
      run_sampled(batch, units, summaries);
      return;
    }
    for (std::size_t i = 0; i < summaries.size(); ++i)
      add(batch.stream, batch.observables[i], units, summaries[i]);
  }

 private:
  static bool is_sampled(Observable const& observable) {
    return std::holds_alternative<SampledOrderStatistic>(observable.runtime);
  }

  template <class Part, class... Arguments>
  static Part& made(std::optional<Part>& part, Arguments const&... arguments) {
    if (!part) part.emplace(arguments...);
    return *part;
  }

  void run_sampled(Batch const& batch, IterationRange units, std::span<Summary> summaries) {
    sampled_.clear();
    for (Observable const& observable : batch.observables)
      sampled_.push_back({observable.law(), std::get<SampledOrderStatistic>(observable.runtime).rank,
                          observable.quantum_exponent, observable.histogram, observable.histogram_origin});
    made(sample_, *set_)(batch.stream.seed, batch.observables.front().workers(), sampled_, units, summaries);
  }

  void add(Stream stream, Observable const& observable, IterationRange units, Summary& summary) {
    if (std::holds_alternative<SlowestSum>(observable.runtime) && observable.has_equal_workers()) {
      made(sum_, *set_, stop_)(stream, observable, units, summary);
    } else if (FleetRanks::serves(observable)) {
      made(fleet_, *set_)(stream, observable, units, summary);
    } else if (DrawnCopies::serves(observable)) {
      made(copies_, *set_)(stream, observable, units, summary);
    } else if (std::holds_alternative<Clocks>(observable.runtime) && CpuClocks::serves(observable)) {
      made(follow_, *set_, stop_)(stream, observable, units, summary);
    } else {
      for (std::uint64_t unit = units.first; unit < units.first + units.count; ++unit)
        add_unit(stream, unit, observable, summary, stop_);
    }
  }

  std::optional<SampledRanks> sample_;
  std::optional<DrawnRanks> accumulate_;
  std::optional<DrawnDeadlines> deadlines_;
  InstructionSet const* set_;
  std::vector<SampledObservable> sampled_;
  StopCheck stop_;
  std::optional<CpuClocks> follow_;
  std::optional<CpuSums> sum_;
  std::optional<FleetRanks> fleet_;
  std::optional<DrawnCopies> copies_;
};

class CpuEngine final : public Engine {
 public:
  CpuEngine(unsigned threads, InstructionSet const& set, std::uint64_t block_draws)
      : threads_(threads), set_(set), block_draws_(block_draws) {}

  void run(std::span<Work const> work) override {
    run_blocks(work, block_size(work), threads_, CpuBlocks(set_, stop_check()));
  }

  std::uint64_t replications_at_once() const override { return std::uint64_t{threads_} * set_.clocks.lanes; }

  std::string device() const override {
    return std::to_string(threads_) + (threads_ == 1 ? " thread" : " threads") + ", " + set_.name;
  }

 private:
  BlockSize block_size(std::span<Work const> work) const {
    std::size_t observables = 0;
    double per_unit = 1;
    std::uint64_t units = work.empty() ? 0 : work.front().iterations.count;  // those of the shortest piece
    for (Work const& piece : work) {
      observables = std::max(observables, piece.summaries.size());
      per_unit = std::max(per_unit, draws_per_unit(*piece.batch));
      units = std::min(units, piece.iterations.count);
    }
    // Blocks are larger where many summaries are merged after each.
    std::uint64_t const draws = block_draws_ * (1 + observables / 128);
    // Blocks that are long enough are whole runs. Others have as many iterations as vectors take turns with,
    // where that leaves enough blocks for all threads.
    std::uint64_t const side_by_side = 8 * std::uint64_t{set_.words.granule};
    std::uint32_t const run = DrawnRanks::run_length(observables);
    if (static_cast<double>(draws) >= per_unit * run) return {draws, run};
    return {draws, units >= 8 * side_by_side ? side_by_side : set_.words.granule};
  }

  unsigned threads_;
  InstructionSet const& set_;
  std::uint64_t block_draws_;
};

}  // namespace

std::unique_ptr<Engine> make_cpu_engine(unsigned threads, InstructionSet const& set,
                                        std::uint64_t block_draws) {
  return std::make_unique<CpuEngine>(threads, set, block_draws);
}

std::unique_ptr<Engine> make_cpu_engine(unsigned threads) {
  return make_cpu_engine(threads, choose_instruction_set());
}

}  // namespace dsgd
