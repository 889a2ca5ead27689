// The device's part of engine `cuda-materialized`: launches, and the pipeline's Thrust code on Thrust's CUDA
// system.
#include <thrust/system/cuda/execution_policy.h>
#include <thrust/system_error.h>

#include <algorithm>
#include <new>
#include <stdexcept>
#include <string>
#include <variant>

#include "dsgd/error.hpp"
#include "kernels/cuda/cuda_devices.hpp"
#include "kernels/cuda/cuda_error.hpp"
#include "kernels/cuda/multiprocessors.hpp"
#include "kernels/materialized/cuda_backend.hpp"
#include "kernels/materialized/reductions.hpp"
#include "kernels/materialized/sampling.cuh"

namespace dsgd::kernels {
namespace {

template <class Sampler>
void launch_sample(Sampler const& sampler, Tile const& tile, float* excesses, cudaStream_t stream) {
  std::uint64_t const philox_blocks = tile.iterations * ((tile.workers + 3) / 4);
  std::uint64_t const useful = (philox_blocks + sample_threads - 1) / sample_threads;
  // Twice as many blocks as are resident, 8 on each multiprocessor, are enough to even out the end.
  auto const blocks = static_cast<unsigned>(std::min<std::uint64_t>(useful, 16 * current_multiprocessors()));
  sample_kernel<<<blocks, sample_threads, 0, stream>>>(sampler, tile, excesses);
  check_cuda(cudaGetLastError(), "sample_kernel", "sampling delays");
}

/// Calls `reduce` with a policy for the slot, and turns what Thrust throws into the project's errors.
/// Thrust's reduce_by_key clears the error of a launch before it looks for one: what was to be written is
/// marked.
/// @param values  number of those that are reduced
template <class Reduce>
auto with_thrust(CudaBackend::Slot& slot, std::uint64_t values, Reduce const& reduce) {
  slot.mark_scratch(values);
  try {
    return reduce(thrust::cuda::par_nosync(slot.scratch()).on(slot.stream()));
  } catch (thrust::system_error const& error) {
    throw_cuda_error(static_cast<cudaError_t>(error.code().value()), "Thrust", "reducing delays");
  } catch (std::bad_alloc const&) {
    throw_cuda_error(cudaErrorMemoryAllocation, "Thrust", "reducing delays");
  } catch (Error const&) {
    throw;
  } catch (std::runtime_error const& error) {  // cuda::cuda_error, which toolkits before 13 do not have
    if (cudaError_t const status = cudaGetLastError(); status != cudaSuccess)
      throw_cuda_error(status, "Thrust", "reducing delays");
    throw Error(ExitCode::device, "CUDA failed while reducing delays", std::string("Thrust: ") + error.what(),
                "look at `dsgd devices`, or use --engine cpu");
  }
}

}  // namespace

std::uint64_t CudaBackend::chunk_bytes() const {
  std::size_t free = 0, total = 0;
  check_cuda(cudaMemGetInfo(&free, &total), "cudaMemGetInfo", "asking for free device memory");
  return std::min<std::uint64_t>(free / 2, useful_chunk_bytes);
}

CudaBackend::Slot CudaBackend::allocate(std::uint64_t tile_bytes) const { return Slot(tile_bytes); }

void CudaBackend::mark_unwritten(Slot& slot, std::uint64_t bytes) const { slot.mark_tile(bytes); }

void CudaBackend::sample(Slot& slot, Tile const& tile, LawSampler const& law) const {
  float* const excesses = slot.view(tile.iterations).excesses;
  std::visit(
      [&](auto const& sampler) {
        launch_sample(slot.tables().on_device(slot, sampler), tile, excesses, slot.stream());
      },
      law);
}

void CudaBackend::reduce_rows(Slot& slot, Tile const& tile) const {
  SlotView const view = slot.view(tile.iterations);
  with_thrust(slot, tile.iterations * tile.workers, [&](auto const& policy) {
    kernels::reduce_rows(policy, view.excesses, tile.iterations, tile.workers, view.extremes);
  });
}

Extremes CudaBackend::reduce_piece(Slot& slot, Tile const& tile, Extremes before) const {
  float const* const excesses = slot.view(tile.iterations).excesses;
  return with_thrust(slot, tile.workers, [&](auto const& policy) {
    return kernels::reduce_piece(policy, excesses, tile.workers, before);
  });
}

TickSums CudaBackend::sum_ticks(Slot& slot, std::uint64_t rows, RuntimeTicks ticks) const {
  Extremes const* const extremes = slot.view(rows).extremes;
  return with_thrust(slot, rows,
                     [&](auto const& policy) { return kernels::sum_ticks(policy, extremes, rows, ticks); });
}

void check_kernels_run() {
  cudaFuncAttributes attributes;
  cudaError_t const status = cudaFuncGetAttributes(&attributes, sample_kernel<Exponential::Sampler>);
  if (status == cudaErrorNoKernelImageForDevice || status == cudaErrorInvalidDeviceFunction ||
      status == cudaErrorUnsupportedPtxVersion) {
    cudaGetLastError();
    throw Error(ExitCode::engine_unavailable, "--engine: this build has no code for the device",
                cudaGetErrorString(status),
                "build with CMAKE_CUDA_ARCHITECTURES for it, or use --engine cpu");
  }
  check_cuda(status, "cudaFuncGetAttributes", "loading the kernels");
}

}  // namespace dsgd::kernels
