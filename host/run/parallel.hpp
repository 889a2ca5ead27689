/// The same work for many numbers, on several threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "dsgd/error.hpp"

namespace dsgd {

/// Asked again and again, from any thread: true to give up. May be empty.
using Stop = std::function<bool()>;

/// What for_each_index() throws where it was stopped.
inline Error stopped_error() {
  return {ExitCode::stopped, "the command was stopped", "as asked", "run it again"};
}

/// function(i) for each i in [0, count), on several threads. @throws the first exception of a function, and
/// Error stopped where `stop` says so
template <class Function>
void for_each_index(std::uint32_t count, unsigned threads, Stop const& stop, Function const& function) {
  std::atomic<std::uint32_t> next{0};
  std::exception_ptr failure;
  std::mutex failing;
  auto const work = [&] {
    try {
      for (std::uint32_t i = next++; i < count; i = next++) {
        if (stop && stop()) throw stopped_error();
        function(i);
      }
    } catch (...) {
      std::lock_guard const lock(failing);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> team;
    for (unsigned i = 1; i < threads; ++i) team.emplace_back(work);
    work();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace dsgd
