/// Streams: what is asked of a device, in order; and which operations are ordered with one another.
#pragma once

#include <deque>
#include <functional>

#include "runtime/history.hpp"
#include "runtime/types.hpp"

namespace emulated_gpu {

struct Stream {
  int device = 0;
  bool is_open = true;
  u32 awaited = 0;  ///< the host has waited for all its operations up to this
  std::deque<std::function<void()>> queue;
};

/// Enters an operation, which gets a number, and does it: at once, or, where settings() say so, when something waits for it.
void enqueue(Stream& stream, std::function<void(u32 operation)> work);

/// The host waits for all that was asked of the stream.
void wait_for(Stream& stream);
void wait_for_all();

/// The stream that a handle of the runtime means; fails for one that is not there, or is of another device.
Stream& stream_of(void* handle, int device);
Stream& open_stream(int device);
void close_stream(Stream& stream);

/// An operation that used the word before and is not ordered with one that is about to, or 0. Two reads need no order. Of
/// several operations that read a word only the last is known.
u32 unordered(Word const& word, Use use, u32 operation);

}  // namespace emulated_gpu
