#include "engines/cpu.hpp"

#include <algorithm>
#include <variant>

#include "dsgd/block_queue.hpp"

namespace dsgd {
namespace {

/// Smallest and largest of the first words of an iteration, extended worker by worker: one pass serves the
/// observables of all fleet sizes.
class RunningExtremes {
 public:
  RunningExtremes(Stream stream, std::uint64_t iteration) : stream_(stream), iteration_(iteration) {}

  void extend_to(std::uint32_t workers) {
    for (; workers_ < workers; ++workers_) {
      if (workers_ % 4 == 0) block_ = word_block(stream_, iteration_, workers_ / 4);
      std::uint32_t const word = block_.word[workers_ % 4];
      smallest_ = std::min(smallest_, word);
      largest_ = std::max(largest_, word);
    }
  }

  std::uint32_t smallest() const { return smallest_; }
  std::uint32_t largest() const { return largest_; }

 private:
  Stream stream_;
  std::uint64_t iteration_;
  PhiloxBlock block_{};
  std::uint32_t workers_ = 0;
  std::uint32_t smallest_ = ~0u;
  std::uint32_t largest_ = 0;
};

void accumulate(Batch const& batch, IterationRange iterations, std::span<Summary> summaries) {
  for (std::uint64_t j = 0; j < iterations.count; ++j) {
    std::uint64_t const iteration = iterations.first + j;
    RunningExtremes extremes(batch.stream, iteration);
    for (std::size_t i = 0; i < summaries.size(); ++i) {
      Observable const& observable = batch.observables[i];
      extremes.extend_to(observable.workers);
      bool const slowest = observable.rank == observable.workers;
      std::uint32_t const k = slowest ? extremes.smallest() : extremes.largest();
      std::uint32_t const t = tail_word(batch.stream, iteration, k);
      float const excess = std::visit([&](auto const& law) { return law.excess(k, t); }, observable.law);
      summaries[i].add(excess, observable.quantum_exponent);
    }
  }
}

class CpuEngine final : public Engine {
 public:
  CpuEngine(unsigned threads, std::uint64_t block_draws) : threads_(threads), block_draws_(block_draws) {}

  void run(std::span<Work const> work) override { run_blocks(work, block_draws_, threads_, accumulate); }

  std::string device() const override {
    return std::to_string(threads_) + (threads_ == 1 ? " thread" : " threads");
  }

 private:
  unsigned threads_;
  std::uint64_t block_draws_;
};

}  // namespace

std::unique_ptr<Engine> make_cpu_engine(unsigned threads, std::uint64_t block_draws) {
  return std::make_unique<CpuEngine>(threads, block_draws);
}

}  // namespace dsgd
