/// Blocks of engine `cuda` on fake devices. Include as kernels' sources are: after all other headers.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/expect_error.hpp"
#include "tests/support/scalar_reference.hpp"
// keep below: it redefines CUDA's words
#include "tests/kernels/host_queue.hpp"
// and the kernels below that
#include "kernels/fused/pipeline.cuh"

namespace dsgd::test {

inline std::vector<Summary> run_fused(FakeDevice& device, Batch const& batch, IterationRange range) {
  kernels::FusedPipeline<HostQueue> pipeline{HostQueue(device)};
  pipeline.start(batch, range);
  return pipeline.finish();
}

/// Expects of the pipeline what the definition gives, in any order of threads.
inline void expect_definition(Batch const& batch, IterationRange range, ThreadOrder order = {}) {
  FakeDevice device;
  device.order = order;
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, range), scalar_reference(batch, range))
      << batch.observables.front().workers() << " workers from unit " << range.first;
}

/// Whatever the call, the error names the device, and what was allocated is given back.
/// @param least_calls  that the block makes: with fewer the test would have no point
inline void expect_lost_device_is_an_error(Batch const& batch, IterationRange range,
                                           std::uint64_t least_calls) {
  FakeDevice whole;
  run_fused(whole, batch, range);
  ASSERT_GE(whole.calls, least_calls);
  for (std::uint64_t call = 1; call <= whole.calls; ++call) {
    FakeDevice device;
    device.lost_at_call = call;
    expect_error(ExitCode::device, "lost", [&] { run_fused(device, batch, range); });
    EXPECT_EQ(device.bytes_in_use, 0u) << call;
  }
}

/// Whatever allocation is refused costs the block at most, in one line, and the next block is whole.
/// @param batches            one pipeline does them one after the other
/// @param expected           of each
/// @param least_allocations  of all together
inline void expect_refusals_cost_a_block(std::vector<Batch> const& batches, IterationRange range,
                                         std::vector<std::vector<Summary>> const& expected,
                                         std::uint64_t least_allocations) {
  auto const blocks_refused = [&](FakeDevice& device) {
    kernels::FusedPipeline<HostQueue> pipeline{HostQueue(device)};
    std::size_t refused = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
      try {
        pipeline.start(batches[i], range);
        EXPECT_EQ(pipeline.finish(), expected[i]) << "allocation " << device.refuse_at;
      } catch (kernels::OutOfDeviceMemory const& error) {
        EXPECT_EQ(error.code(), ExitCode::device);
        EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
        ++refused;
      }
    }
    return refused;
  };
  FakeDevice whole;
  EXPECT_EQ(blocks_refused(whole), 0u);
  ASSERT_GE(whole.allocations, least_allocations);
  for (std::uint64_t number = 1; number <= whole.allocations; ++number)
    for (bool const after : {false, true}) {
      FakeDevice device;
      device.refuse_at = number;
      device.refuse_after = after;
      EXPECT_LE(blocks_refused(device), after ? batches.size() : 1) << number;
      EXPECT_GT(device.refusals, 0u);
      EXPECT_EQ(device.bytes_in_use, 0u) << number;
    }
}

}  // namespace dsgd::test
