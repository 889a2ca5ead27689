#include "runtime/stream.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/fail.hpp"
#include "runtime/memory.hpp"
#include "runtime/settings.hpp"

namespace emulated_gpu {
namespace {

Stream default_streams[most_devices];
std::vector<std::unique_ptr<Stream>> streams;       // those that are closed too: operations know them
std::vector<Stream const*> stream_of_operation(1);  // by number, from 1 on

void finish(Stream& stream) {
  while (!stream.queue.empty()) {
    auto const work = std::move(stream.queue.front());
    stream.queue.pop_front();
    work();
  }
}

bool is_ordered_before(u32 earlier, u32 operation) {
  if (earlier == 0) return true;
  Stream const* const stream = stream_of_operation[earlier];
  return stream == stream_of_operation[operation] || earlier <= stream->awaited;
}

}  // namespace

void enqueue(Stream& stream, std::function<void(u32)> work) {
  auto const operation = static_cast<u32>(stream_of_operation.size());
  stream_of_operation.push_back(&stream);
  stream.queue.push_back([work = std::move(work), operation] { work(operation); });
  if (!settings().defer) finish(stream);
}

void wait_for(Stream& stream) {
  finish(stream);
  stream.awaited = static_cast<u32>(stream_of_operation.size() - 1);
}

void wait_for_all() {
  for (Stream& stream : default_streams) wait_for(stream);
  for (auto const& stream : streams) wait_for(*stream);
}

Stream& stream_of(void* handle, int device) {
  constexpr std::uintptr_t last_special = 2;  // cudaStreamLegacy is 1, cudaStreamPerThread 2
  if (reinterpret_cast<std::uintptr_t>(handle) <= last_special) {
    default_streams[device].device = device;
    return default_streams[device];
  }
  auto const found =
      std::find_if(streams.begin(), streams.end(), [=](auto const& s) { return s.get() == handle; });
  if (found == streams.end() || !(*found)->is_open) fail("a stream is used that is not there");
  if ((*found)->device != device)
    fail("a stream of device " + std::to_string((*found)->device) + " is used while device " +
         std::to_string(device) + " is current");
  return **found;
}

Stream& open_stream(int device) {
  streams.push_back(std::make_unique<Stream>(Stream{.device = device, .queue = {}}));
  return *streams.back();
}

/// What was asked of it is done, but nobody has waited for it.
void close_stream(Stream& stream) {
  finish(stream);
  stream.is_open = false;
}

u32 unordered(Word const& word, Use use, u32 operation) {
  if (!is_ordered_before(word.writer, operation)) return word.writer;
  if (writes(use) && !is_ordered_before(word.operation, operation)) return word.operation;
  return 0;
}

}  // namespace emulated_gpu
