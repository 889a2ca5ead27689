#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/launch.hpp"

namespace dsgd::test {
namespace {

std::vector<ThreadOrder> const orders{{ThreadOrder::ascending},
                                      {ThreadOrder::descending},
                                      {ThreadOrder::shuffled, 1},
                                      {ThreadOrder::shuffled, 2}};

__global__ void number_kernel(unsigned* numbers, std::vector<unsigned>* sequence) {
  unsigned const block = blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z);
  unsigned const thread = threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
  unsigned const number = block * blockDim.x * blockDim.y * blockDim.z + thread;
  numbers[number] = number + 1;
  sequence->push_back(number);
}

TEST(Launch, RunsEveryThreadOnceInTheWantedOrder) {
  std::set<std::vector<unsigned>> sequences;
  for (ThreadOrder order : orders) {
    std::vector<unsigned> numbers(360), sequence;
    launch(dim3(2, 3, 2), dim3(5, 2, 3), order, number_kernel, numbers.data(), &sequence);
    for (unsigned i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], i + 1);
    EXPECT_EQ(sequence.size(), numbers.size());
    if (order.kind == ThreadOrder::ascending) {
      EXPECT_EQ(sequence.front(), 0u);
      EXPECT_EQ(sequence.back(), numbers.size() - 1);
    }
    if (order.kind == ThreadOrder::descending) {
      EXPECT_EQ(sequence.front(), numbers.size() - 1);
    }
    sequences.insert(sequence);
  }
  EXPECT_EQ(sequences.size(), orders.size()) << "two orders are the same";
}

/// Sum of 1 .. blockDim.x, by shuffles within warps and shared memory between them.
__global__ void sum_kernel(unsigned* sum) {
  __shared__ unsigned warp_sums[32];
  unsigned value = threadIdx.x + 1;
  for (unsigned lanes = 16; lanes > 0; lanes /= 2) value += __shfl_down_sync(~0u, value, lanes);
  if (threadIdx.x % 32 == 0) warp_sums[threadIdx.x / 32] = value;
  __syncthreads();
  unsigned total = 0;
  for (unsigned warp = 0; warp < blockDim.x / 32; ++warp) total += warp_sums[warp];
  __syncthreads();  // the next block overwrites warp_sums
  if (threadIdx.x == blockDim.x - 1) atomicAdd(sum, total);
}

TEST(Launch, SharedMemoryBarriersAndShufflesWork) {
  for (ThreadOrder order : orders)
    for (unsigned threads : {32u, 64u, 1024u}) {
      unsigned sum = 0;
      launch(dim3(3), dim3(threads), order, sum_kernel, &sum);
      EXPECT_EQ(sum, 3 * threads * (threads + 1) / 2) << order.kind << ' ' << threads;
    }
}

/// Without its barrier sum_kernel reads sums that are not there yet.
__global__ void race_kernel(unsigned* slots, unsigned* wrong) {
  slots[threadIdx.x] = 1;
  if (slots[(threadIdx.x + 1) % blockDim.x] != 1) atomicAdd(wrong, 1u);
}

TEST(Launch, OrdersOfThreadsUncoverAMissingBarrier) {
  for (ThreadOrder order : orders) {
    std::vector<unsigned> slots(64);
    unsigned wrong = 0;
    launch(dim3(1), dim3(64), order, race_kernel, slots.data(), &wrong);
    EXPECT_GT(wrong, 0u);
  }
}

__global__ void butterfly_kernel(float* values, unsigned* least, unsigned* greatest) {
  auto value = static_cast<float>(threadIdx.x);
  for (int lanes = 1; lanes < 32; lanes *= 2) {
    float const other = __shfl_xor_sync(~0u, value, lanes);
    value = other > value ? other : value;
  }
  __syncwarp();
  values[threadIdx.x] = value;
  atomicMin(least, threadIdx.x + 5);
  atomicMax(greatest, threadIdx.x + 5);
}

TEST(Launch, EveryLaneOfAButterflyHasTheMaximumOfItsWarp) {
  for (ThreadOrder order : orders) {
    std::vector<float> values(96);
    unsigned least = 99, greatest = 0;
    launch(dim3(1), dim3(96), order, butterfly_kernel, values.data(), &least, &greatest);
    for (unsigned i = 0; i < 96; ++i) EXPECT_EQ(values[i], static_cast<float>(i | 31u)) << i;
    EXPECT_EQ(least, 5u);
    EXPECT_EQ(greatest, 100u);
  }
}

__global__ void divergent_barriers_kernel() {
  if (threadIdx.x < 5) __syncthreads();
  if (threadIdx.x >= 5) __syncthreads();
}

__global__ void barrier_against_shuffle_kernel() {
  if (threadIdx.x == 0)
    __syncthreads();
  else
    __shfl_xor_sync(~0u, 1u, 1);
}

__global__ void leaving_before_a_barrier_kernel(unsigned* passed) {
  if (threadIdx.x % 2 == 0) return;
  __syncthreads();
  atomicAdd(passed, 1u);
}

TEST(Launch, NoticesThreadsThatWaitAtDifferentBarriers) {
  for (ThreadOrder order : orders) {
    EXPECT_THROW(launch(dim3(1), dim3(32), order, divergent_barriers_kernel), LaunchError);
    EXPECT_THROW(launch(dim3(2), dim3(32), order, barrier_against_shuffle_kernel), LaunchError);
    unsigned passed = 0;
    launch(dim3(1), dim3(32), order, leaving_before_a_barrier_kernel, &passed);
    EXPECT_EQ(passed, 16u) << "threads that ended are waited for";
  }
}

__global__ void shuffle_from_nobody_kernel() { __shfl_xor_sync(~0u, 1u, 16); }

__global__ void shuffle_outside_the_mask_kernel() {
  if (threadIdx.x < 2) __shfl_xor_sync(3u, 1u, 2);
}

TEST(Launch, NoticesShufflesThatReadNoLane) {
  EXPECT_THROW(launch(dim3(1), dim3(24), {}, shuffle_from_nobody_kernel), LaunchError);
  EXPECT_THROW(launch(dim3(1), dim3(32), {}, shuffle_outside_the_mask_kernel), LaunchError);
}

__global__ void throwing_kernel() {
  if (threadIdx.x == 7) throw std::out_of_range("thread 7");
  __syncthreads();
}

TEST(Launch, HandsOnWhatAKernelThrows) {
  EXPECT_THROW(launch(dim3(1), dim3(32), {}, throwing_kernel), std::out_of_range);
}

}  // namespace
}  // namespace dsgd::test
