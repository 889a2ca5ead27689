// Engine `cuda-materialized` on a device: the same bits as the definition, whatever the chunk.
#include <cuda_runtime_api.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/engine/engine.hpp"
#include "dsgd/error.hpp"
#include "kernels/cuda/cuda_error.hpp"
#include "kernels/cuda/device_memory.hpp"
#include "kernels/materialized/cuda_backend.hpp"
#include "tests/gpu/device_test.hpp"
#include "tests/gpu/fill_device.hpp"
#include "tests/support/every_law.hpp"
#include "tests/support/form_batches.hpp"
#include "tests/support/scalar_reference.hpp"

namespace dsgd::test {
namespace {

using kernels::CudaBackend;
using kernels::DeviceBuffer;

constexpr std::uint64_t smallest_chunk = CudaBackend::slots * CudaBackend::min_slot_bytes;

class CudaMaterialized : public DeviceTest {};

TEST_F(CudaMaterialized, EqualsTheDefinitionForEveryNumberOfWorkers) {
  auto const engine = make_cuda_materialized_engine(0);
  for (EqualityCase const& c : equality_cases(1u << 18)) {
    Batch const batch = extremes_batch(7, c.workers);
    IterationRange const range{11, c.iterations};
    EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, range), scalar_reference(batch, range))
        << "workers " << c.workers;
  }
}

TEST_F(CudaMaterialized, EqualsTheDefinitionAround32BitIterations) {
  auto const engine = make_cuda_materialized_engine(0);
  for (std::uint32_t workers : {1u, 3u, 20u, 67u, 1000u})
    for (std::uint64_t first : {(std::uint64_t{1} << 32) - 3, max_iterations - 7}) {
      Batch const batch = extremes_batch(0x123456789abcdef0u, workers);
      EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, {first, 7}),
                          scalar_reference(batch, {first, 7}))
          << workers;
    }
}

TEST_F(CudaMaterialized, ChunkSizeChangesNothing) {
  for (std::uint32_t workers : {1u, 20u, 1001u}) {
    Batch const batch = extremes_batch(3, workers);
    IterationRange const range{0, 10'000'001 / workers};
    std::vector<Summary> const expected = scalar_reference(batch, range);
    for (std::uint64_t bytes : {std::uint64_t{1}, smallest_chunk + 12345, std::uint64_t{64} << 20})
      EXPECT_PRED_FORMAT2(same_summaries, run_batch(*make_cuda_materialized_engine(0, bytes), batch, range),
                          expected)
          << workers << ' ' << bytes;
  }
}

TEST_F(CudaMaterialized, SplitsIterationsThatExceedTheChunk) {
  for (std::uint32_t workers : {1u << 20, max_workers}) {
    Batch const batch = extremes_batch(4, workers);
    IterationRange const range{5, 3};
    EXPECT_PRED_FORMAT2(same_summaries,
                        run_batch(*make_cuda_materialized_engine(0, smallest_chunk), batch, range),
                        scalar_reference(batch, range));
  }
}

TEST_F(CudaMaterialized, ServesBatchesOfSeveralRatesAndWorkers) {
  Batch const batch = strategy_batch({9, 0}, {1, 4, 20, 99}, {Sync{}, Async{}, Fastest{}},
                                     {Exponential{1e-6}, Exponential{2.0}, Exponential{1e6}});
  IterationRange const range{1000, 5003};
  EXPECT_PRED_FORMAT2(same_summaries, run_batch(*make_cuda_materialized_engine(0), batch, range),
                      scalar_reference(batch, range));
}

TEST_F(CudaMaterialized, ServesEveryLaw) {
  auto const engine = make_cuda_materialized_engine(0);
  for (Law const& law : every_law()) {
    Batch const batch = strategy_batch({4, 23}, {23}, {Sync{}, Fastest{}}, {law});
    EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, {9, 20'001}),
                        scalar_reference(batch, {9, 20'001}))
        << "law " << batch.observables[0].law().index();
  }
}

TEST_F(CudaMaterialized, HalvesTheChunkWhereMemoryIsRefused) {
  Batch const batch = extremes_batch(1, 1000);
  IterationRange const range{0, 60'001};  // 240 MB of delays
  std::vector<Summary> const warm = run_batch(*make_cuda_materialized_engine(0), batch, range);
  EXPECT_PRED_FORMAT2(same_summaries, warm, scalar_reference(batch, range));
  std::vector<DeviceBuffer> const filling = fill_device(std::uint64_t{64} << 20);
  EXPECT_PRED_FORMAT2(same_summaries,
                      run_batch(*make_cuda_materialized_engine(0, std::uint64_t{1} << 30), batch, range),
                      warm);
}

TEST_F(CudaMaterialized, NoMemoryAtAllIsADeviceError) {
  Batch const batch = extremes_batch(1, 1000);
  IterationRange const range{0, 60'001};
  auto const engine = make_cuda_materialized_engine(0);
  run_batch(*make_cuda_materialized_engine(0), batch, range);  // what the kernels need is loaded
  {
    std::vector<DeviceBuffer> const filling = fill_device(std::uint64_t{3} << 20);
    try {
      run_batch(*engine, batch, range);
      FAIL() << "there is memory left";
    } catch (Error const& error) {
      EXPECT_EQ(error.code(), ExitCode::device) << error.what();
    }
  }
  EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, range), scalar_reference(batch, range))
      << "the engine is of use again";
}

TEST_F(CudaMaterialized, ErrorsAreClearedForTheNextCaller) {
  cudaError_t const status = cudaSetDevice(9999);
  ASSERT_NE(status, cudaSuccess);
  EXPECT_THROW(kernels::check_cuda(status, "cudaSetDevice", "choosing the device"), Error);
  EXPECT_EQ(cudaPeekAtLastError(), cudaSuccess);
}

TEST_F(CudaMaterialized, StaysWithinItsChunk) {
  Batch const batch = extremes_batch(1, 20);
  auto const engine = make_cuda_materialized_engine(0, smallest_chunk);
  run_batch(*engine, batch, {0, 1'000'000});  // loads the kernels and takes the chunk
  std::size_t before = 0, after = 0, total = 0;
  ASSERT_EQ(cudaMemGetInfo(&before, &total), cudaSuccess);
  run_batch(*engine, batch, {0, 10'000'000});
  ASSERT_EQ(cudaMemGetInfo(&after, &total), cudaSuccess);
  EXPECT_LE(before, after) << "memory was taken beside the chunk";
}

}  // namespace
}  // namespace dsgd::test
