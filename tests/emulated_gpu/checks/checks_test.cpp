// Each check of the emulated GPU, with a fault that it must notice and without. Run with two devices.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "checks/planted.hpp"
#include "runtime/fail.hpp"
#include "runtime/settings.hpp"

namespace emulated_gpu::test {
namespace {

using namespace planted;

#define EXPECT_NOTICED(statement, message) \
  EXPECT_EXIT(statement, testing::ExitedWithCode(failure_status), "emulated GPU: .*" message)

/// Device memory that lives until the test ends.
int* words(std::size_t count) {
  void* address = nullptr;
  EXPECT_EQ(cudaMalloc(&address, count * sizeof(int)), cudaSuccess);
  return static_cast<int*>(address);
}

int* zeros(std::size_t count) {
  int* const address = words(count);
  EXPECT_EQ(cudaMemset(address, 0, count * sizeof(int)), cudaSuccess);
  return address;
}

std::vector<int> on_host(int const* from, std::size_t count) {
  std::vector<int> copied(count);
  EXPECT_EQ(cudaMemcpy(copied.data(), from, count * sizeof(int), cudaMemcpyDeviceToHost), cudaSuccess);
  return copied;
}

cudaStream_t new_stream() {
  cudaStream_t stream = nullptr;
  EXPECT_EQ(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking), cudaSuccess);
  return stream;
}

TEST(Bounds, OfDeviceMemory) {
  int* const data = words(10);
  write(data, 9);
  EXPECT_EQ(on_host(data + 9, 1), std::vector<int>{1});
  EXPECT_NOTICED(write(data, 10), "lies in no allocation of the device .*write_kernel");
  EXPECT_NOTICED(write(data, -1), "lies in no allocation");
}

TEST(Bounds, OfMemoryThatWasFreed) {
  int* const data = words(10);
  ASSERT_EQ(cudaFree(data), cudaSuccess);
  EXPECT_NOTICED(write(data, 0), "lies in no allocation");
  EXPECT_NOTICED(cudaFree(data), "cudaFree of what is not allocated");
  EXPECT_NOTICED(cudaFree(words(10) + 1), "cudaFree of what is not allocated");
}

TEST(Bounds, OfAnotherDevice) {
  ASSERT_EQ(cudaSetDevice(1), cudaSuccess);
  int* const data = words(1);
  write(data, 0);
  cudaStream_t const stream = new_stream();
  ASSERT_EQ(cudaSetDevice(0), cudaSuccess);
  EXPECT_NOTICED(write(data, 0), "lies in no allocation");
  EXPECT_NOTICED(cudaStreamSynchronize(stream), "stream of device 1 is used while device 0 is current");
}

TEST(Bounds, OfSharedMemory) {
  int* const out = words(threads);
  exchange_in_shared(out, 1);
  EXPECT_NOTICED(exchange_in_shared(out, 1, 1), "shared memory has 256 bytes, not one at 0x100");
}

TEST(Bounds, OfCopies) {
  int* const data = zeros(10);
  std::vector<int> host(11);
  EXPECT_EQ(cudaMemcpy(host.data(), data, 40, cudaMemcpyDeviceToHost), cudaSuccess);
  EXPECT_NOTICED(cudaMemcpy(host.data(), data, 44, cudaMemcpyDeviceToHost), "leaves its allocation");
  EXPECT_NOTICED(cudaMemset(data, 0, 41), "leaves its allocation");
  EXPECT_NOTICED(cudaMemcpy(host.data(), data, 40, cudaMemcpyHostToDevice), "another direction");
}

TEST(Alignment, OfDeviceMemory) {
  int* const data = words(10);
  write(data, 0, 4);
  EXPECT_NOTICED(write(data, 0, 2), "not aligned to 4 bytes");
}

TEST(NeverWritten, DeviceMemory) {
  int* const data = zeros(1);
  copy_word(words(1), data);
  EXPECT_NOTICED(copy_word(data, words(1)), "is read, but was never written");
}

TEST(NeverWritten, SharedMemory) {
  EXPECT_NOTICED(exchange_in_shared(words(threads), 1, 0, threads - 1),
                 "shared memory is read at 0xfc, but was never written");
}

TEST(NeverWritten, CopiedToTheHost) {
  int* const data = words(2);
  write(data, 0);
  EXPECT_NOTICED(on_host(data, 2), "a copy reads what was never written: byte 4 of 8");
}

TEST(Races, WithinABlock) {
  exchange_in_shared(words(threads), 1);
  exchange_in_shared(words(threads), 2);  // the neighbours are of one warp
  EXPECT_NOTICED(exchange_in_shared(words(threads), 0),
                 "race in shared memory: a (read meets a write|write meets a read)");
}

TEST(Races, BetweenBlocks) {
  meet_in_global(zeros(9), 1, false, true);
  meet_in_global(zeros(9), 8, true, false);
  EXPECT_NOTICED(meet_in_global(zeros(9), 2, false, false), "race in device memory: a write meets a write");
  EXPECT_NOTICED(meet_in_global(zeros(9), 2, true, true), "race in device memory: .* meets a");
}

TEST(Races, BetweenStreams) {
  cudaStream_t const one = new_stream(), other = new_stream();
  int *const a = zeros(1), *const b = zeros(1), *const c = zeros(1);
  ASSERT_EQ(cudaDeviceSynchronize(), cudaSuccess);
  copy_word(b, a, one);
  copy_word(c, a, other);  // both read a
  EXPECT_NOTICED(copy_word(c, b, other), "of another stream, and nobody waited for it");
  EXPECT_NOTICED(copy_word(b, a, other), "of another stream, and nobody waited for it");
  EXPECT_NOTICED(cudaMemsetAsync(b, 0, sizeof *b, other), "of another stream, and nobody waited for it");
  EXPECT_NOTICED(on_host(b, 1), "of another stream, and nobody waited for it");
  ASSERT_EQ(cudaStreamSynchronize(one), cudaSuccess);
  copy_word(c, b, other);
}

TEST(Streams, AreUsedAsLongAsTheyAreThere) {
  cudaStream_t const stream = new_stream();
  ASSERT_EQ(cudaStreamSynchronize(stream), cudaSuccess);
  ASSERT_EQ(cudaStreamDestroy(stream), cudaSuccess);
  EXPECT_NOTICED(cudaStreamSynchronize(stream), "a stream is used that is not there");
}

TEST(Shuffles, ReadWhomTheyAskFor) {
  for (int const width : {32, 8}) {
    int* const out = words(128);
    shuffles(out, width);
    std::vector<int> const got = on_host(out, 128);
    for (int lane = 0; lane < 32; ++lane) {
      int const place = lane % width, first = lane - place;
      EXPECT_EQ(got[lane], 100 + (place >= 1 ? lane - 1 : lane));
      EXPECT_EQ(got[32 + lane], 100 + (place + 2 < width ? lane + 2 : lane));
      EXPECT_EQ(got[64 + lane], 100 + (lane ^ 3));
      EXPECT_EQ(got[96 + lane], 100 + first + 5);
    }
  }
}

TEST(Shuffles, OfLanesThatDoNotTakePart) {
  shuffle_down(words(32), 0xffff, 16, 0);
  EXPECT_NOTICED(shuffle_down(words(32), 0x7fffffff, 32, 0), "its lane is not in the mask 0x7fffffff");
  EXPECT_NOTICED(shuffle_down(words(32), 0xffffffff, 31, 0),
                 "waits for lanes 0xffffffff of its warp, which do not all come");
  EXPECT_NOTICED(shuffle_down(words(32), 0xffff, 16, 1), "reads lane 16, which is not in its mask 0xffff");
}

TEST(Barriers, ThatSomePassBy) {
  wait_partly(words(threads), threads, false);
  EXPECT_NOTICED(wait_partly(words(threads), threads - 1, false),
                 "waits at a barrier, but thread 63 has ended");
  EXPECT_NOTICED(wait_partly(words(threads), 32, true), "waits at another barrier");
}

TEST(Launches, ThatNoDeviceTakes) {
  int* const out = words(32);
  meet_in_global(out, 0, true, false);
  EXPECT_EQ(cudaGetLastError(), cudaErrorInvalidConfiguration);
  EXPECT_EQ(cudaGetLastError(), cudaSuccess);
}

TEST(Memory, IsRefusedWhereThereIsNoMore) {
  std::size_t free = 0, total = 0;
  ASSERT_EQ(cudaMemGetInfo(&free, &total), cudaSuccess);
  void* address = nullptr;
  EXPECT_EQ(cudaMalloc(&address, free + 1), cudaErrorMemoryAllocation);
  EXPECT_EQ(cudaMalloc(&address, free), cudaSuccess);
  EXPECT_EQ(cudaFree(address), cudaSuccess);
  EXPECT_EQ(cudaGetLastError(), cudaErrorMemoryAllocation);
}

TEST(Orders, AreThoseOfTheThreads) {
  int* const out = zeros(threads + 1);
  append(out);
  std::vector<int> ran = on_host(out + 1, threads), expected(threads);
  Order::Walk walk = settings().order.walk(threads, 0);
  for (int& thread : expected) thread = static_cast<int>(walk.next());
  EXPECT_EQ(ran, expected);
}

TEST(Orders, HaveEachOnce) {
  for (Order const order :
       {Order{}, Order{Order::descending, 0}, Order{Order::shuffled, 1}, Order{Order::shuffled, 2}})
    for (u64 const count : {1u, 2u, 7u, 64u, 1000u}) {
      std::vector<u64> places(count), all(count);
      Order::Walk walk = order.walk(count, 5);
      for (u64& place : places) place = walk.next();
      std::iota(all.begin(), all.end(), 0);
      EXPECT_TRUE(count < 64 ||
                  std::is_sorted(places.begin(), places.end()) == (order.kind == Order::ascending));
      std::sort(places.begin(), places.end());
      EXPECT_EQ(places, all);
    }
}

}  // namespace
}  // namespace emulated_gpu::test
