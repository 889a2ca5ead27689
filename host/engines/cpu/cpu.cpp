#include "engines/cpu/cpu.hpp"

#include <algorithm>
#include <string>

#include "dsgd/block_queue.hpp"
#include "engines/cpu/accumulator.hpp"
#include "engines/cpu/isa.hpp"

namespace dsgd {
namespace {

class CpuEngine final : public Engine {
 public:
  CpuEngine(unsigned threads, CpuKernels const& kernels, std::uint64_t block_draws)
      : threads_(threads), kernels_(kernels), block_draws_(block_draws) {}

  void run(std::span<Work const> work) override {
    std::size_t observables = 0;
    for (Work const& piece : work) observables = std::max(observables, piece.summaries.size());
    // whoever has many summaries to merge after a block takes larger ones
    std::uint64_t const draws = block_draws_ * (1 + observables / 512);
    run_blocks(work, {draws, kernels_.granule}, threads_, CpuAccumulator(kernels_));
  }

  std::string device() const override {
    return std::to_string(threads_) + (threads_ == 1 ? " thread" : " threads") + ", " + kernels_.name;
  }

 private:
  unsigned threads_;
  CpuKernels const& kernels_;
  std::uint64_t block_draws_;
};

}  // namespace

std::unique_ptr<Engine> make_cpu_engine(unsigned threads, CpuKernels const& kernels,
                                        std::uint64_t block_draws) {
  return std::make_unique<CpuEngine>(threads, kernels, block_draws);
}

std::unique_ptr<Engine> make_cpu_engine(unsigned threads) {
  return make_cpu_engine(threads, choose_kernels());
}

}  // namespace dsgd
