// Engine `cpu-materialized`: the pipeline's Thrust code on Thrust's sequential CPP system, a pipeline per
// thread.
#include <thrust/system/cpp/execution_policy.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "dsgd/engine/block_queue.hpp"
#include "dsgd/engine/materialized.hpp"
#include "kernels/materialized/host.hpp"
#include "kernels/materialized/pipeline.hpp"
#include "kernels/materialized/reductions.hpp"
#include "kernels/materialized/sample_host.hpp"

#if THRUST_DEVICE_SYSTEM != THRUST_DEVICE_SYSTEM_CPP
#error \
    "compile with -DTHRUST_DEVICE_SYSTEM=THRUST_DEVICE_SYSTEM_CPP: another system would want its own runtime"
#endif

namespace dsgd {
namespace kernels {
namespace {

/// Steps of MaterializedPipeline on the calling thread.
struct HostBackend {
  using Slot = std::vector<std::byte>;
  static constexpr unsigned slots = 1;  // a thread has nothing to overlap
  static constexpr std::uint64_t min_slot_bytes = min_tile_bytes;
  static constexpr std::uint64_t scratch_bytes(std::uint64_t) { return 0; }
  static constexpr std::uint64_t chunk_bytes() { return host_chunk_bytes; }

  Slot allocate(std::uint64_t bytes) const { return Slot(bytes); }

  void mark_unwritten(Slot& slot, std::uint64_t bytes) const {
    std::memset(slot.data(), unwritten_byte, bytes);
  }
  void sample(Slot& slot, Tile const& tile, LawSampler const& law) const {
    sample_on_host(law, tile, divide_slot(slot.data(), tile.iterations).excesses);
  }
  void reduce_rows(Slot& slot, Tile const& tile) const {
    SlotView const view = divide_slot(slot.data(), tile.iterations);
    kernels::reduce_rows(thrust::cpp::par, view.excesses, tile.iterations, tile.workers, view.extremes);
  }
  Extremes reduce_piece(Slot& slot, Tile const& tile, Extremes before) const {
    return kernels::reduce_piece(thrust::cpp::par, divide_slot(slot.data(), tile.iterations).excesses,
                                 tile.workers, before);
  }
  TickSums sum_ticks(Slot& slot, std::uint64_t rows, RuntimeTicks ticks) const {
    return kernels::sum_ticks(thrust::cpp::par, divide_slot(slot.data(), rows).extremes, rows, ticks);
  }
};

class CpuMaterializedEngine final : public Engine {
 public:
  CpuMaterializedEngine(unsigned threads, std::uint64_t chunk_bytes)
      : threads_(threads), chunk_bytes_(chunk_bytes) {}

  void run(std::span<Work const> work) override {
    MaterializedPipeline<HostBackend> const prototype(HostBackend{}, chunk_bytes_);  // each thread copies it
    run_blocks(work, {block_draws}, threads_,
               [pipeline = prototype](Batch const& batch, IterationRange iterations,
                                      std::span<Summary> summaries) mutable {
                 pipeline.add(batch, iterations, summaries);
               });
  }

  std::string device() const override {
    return std::to_string(threads_) + (threads_ == 1 ? " thread" : " threads");
  }

 private:
  static constexpr std::uint64_t block_draws = 1u << 18;  ///< draws of a thread's turn

  unsigned threads_;
  std::uint64_t chunk_bytes_;  ///< per thread
};

}  // namespace

std::unique_ptr<Engine> make_cpu_materialized_engine(unsigned threads, std::uint64_t chunk_bytes) {
  return std::make_unique<CpuMaterializedEngine>(threads, chunk_bytes);
}

}  // namespace kernels

std::unique_ptr<Engine> make_cpu_materialized_engine(unsigned threads) {
  return kernels::make_cpu_materialized_engine(threads, host_chunk_bytes);
}

}  // namespace dsgd
