/// A stream of a fake device: the pipeline's kernels run by the stand-in for a launch, in memory of the host.
/// Include as kernels' sources are: after all other headers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "dsgd/error.hpp"
#include "kernels/cuda/out_of_memory.hpp"
#include "tests/support/launch.hpp"

namespace dsgd::test {

using AnyKernel = void (*)();

/// What a fake device allows, and what it saw.
struct FakeDevice {
  unsigned multiprocessors = 2;
  std::uint64_t memory_bytes = std::uint64_t{1} << 26;
  std::uint64_t words_bytes = std::uint64_t{1} << 20;
  std::uint64_t lost_at_call = 0;  ///< from the n-th call on the device is lost; 0: never
  std::uint64_t refuse_at = 0;     ///< the n-th allocation is refused; 0: none
  bool refuse_after = false;       ///< and all that follow
  ThreadOrder order;

  std::uint64_t calls = 0, bytes_in_use = 0, most_bytes = 0, refusals = 0, allocations = 0;
  unsigned most_rows = 0;  ///< of blocks in a launch
  std::vector<AnyKernel> launched;

  void call() {
    if (lost_at_call != 0 && ++calls >= lost_at_call)
      throw Error(ExitCode::device, "the fake device is lost: buy another");
    if (lost_at_call == 0) ++calls;
  }

  bool refuses_next() {
    ++allocations;
    return refuse_at != 0 && (refuse_after ? allocations >= refuse_at : allocations == refuse_at);
  }

  std::size_t launches_of(AnyKernel kernel) const {
    return static_cast<std::size_t>(std::count(launched.begin(), launched.end(), kernel));
  }
};

class HostQueue {
 public:
  class Buffer {
   public:
    Buffer(FakeDevice& device, std::uint64_t bytes)
        : device_(&device, Release{bytes}), memory_(std::make_unique<std::byte[]>(bytes)) {
      std::memset(memory_.get(), 0xa5, bytes);  // memory of a device holds anything
      device.bytes_in_use += bytes;
      device.most_bytes = std::max(device.most_bytes, device.bytes_in_use);
    }
    std::byte* data() const { return memory_.get(); }

   private:
    struct Release {
      std::uint64_t bytes;
      void operator()(FakeDevice* device) const { device->bytes_in_use -= bytes; }
    };
    std::unique_ptr<FakeDevice, Release> device_;
    std::unique_ptr<std::byte[]> memory_;
  };

  static constexpr std::uint64_t min_words_bytes = 4096;

  explicit HostQueue(FakeDevice& device) : device_(&device) {}

  unsigned multiprocessors() const { return device_->multiprocessors; }
  std::uint64_t words_bytes() const { return device_->words_bytes; }

  Buffer allocate(std::uint64_t bytes) const {
    device_->call();
    if (device_->refuses_next() || device_->bytes_in_use + bytes > device_->memory_bytes) {
      ++device_->refusals;
      throw kernels::OutOfDeviceMemory(bytes);
    }
    return {*device_, bytes};
  }

  template <class Kernel, class... Arguments>
  void launch(unsigned columns, unsigned rows, unsigned threads, Kernel* kernel,
              Arguments... arguments) const {
    device_->call();
    device_->launched.push_back(reinterpret_cast<AnyKernel>(kernel));
    device_->most_rows = std::max(device_->most_rows, rows);
    ::dsgd::test::launch(dim3(columns, rows), dim3(threads), device_->order, kernel, arguments...);
  }

  void fill(void* memory, int byte, std::uint64_t bytes) const {
    device_->call();
    std::memset(memory, byte, bytes);
  }
  void upload(void* to, void const* from, std::uint64_t bytes) const {
    device_->call();
    std::memcpy(to, from, bytes);
  }
  void download(void* to, void const* from, std::uint64_t bytes) const { upload(to, from, bytes); }

 private:
  FakeDevice* device_;
};

}  // namespace dsgd::test
