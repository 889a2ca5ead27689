#pragma once

#include <cstdint>

#include "kernels/fused/clocks/clock_rows.cuh"

namespace dsgd::kernels {

/// The next arrivals of one replication, as a heap. The caller knows its size: nodes behind it are left
/// alone.
class ClockHeap {
 public:
  __device__ ClockHeap(ClockRows const& rows, std::uint32_t replication)
      : rows_(rows), replication_(replication) {}

  __device__ ClockArrival at(std::uint32_t node) const {
    std::uint32_t const place = place_of(node);
    return {rows_.times[place], rows_.workers[place]};
  }

  __device__ std::uint32_t worker_at(std::uint32_t node) const { return rows_.workers[place_of(node)]; }

  __device__ void put(std::uint32_t node, ClockArrival const& arrival) const {
    std::uint32_t const place = place_of(node);
    rows_.times[place] = arrival.time;
    rows_.workers[place] = arrival.worker;
  }

  /// Replaces the earliest of `size` arrivals by another.
  __device__ void replace_first(std::uint32_t size, ClockArrival const& arrival) const {
    std::uint32_t node = 0;
    for (std::uint32_t child = 1; child < size; child = ClockRows::arity * node + 1) {
      std::uint32_t const group = place_of(child);
      auto const* const times = reinterpret_cast<ulonglong2 const*>(rows_.times + group);
      ulonglong2 const left = times[0], right = times[1];
      uint4 const workers = *reinterpret_cast<uint4 const*>(rows_.workers + group);
      ClockArrival earliest{left.x, workers.x};
      std::uint32_t next = child;
      auto const take = [&](std::uint32_t further, ClockArrival const& other) {
        if (child + further >= size || !is_earlier(other, earliest)) return;
        earliest = other;
        next = child + further;
      };
      take(1, {left.y, workers.y});
      take(2, {right.x, workers.z});
      take(3, {right.y, workers.w});
      if (!is_earlier(earliest, arrival)) break;
      put(node, earliest);
      node = next;
    }
    put(node, arrival);
  }

  /// Takes the earliest of `size` arrivals out, and leaves it at node size - 1.
  __device__ void remove_first(std::uint32_t size, ClockArrival const& first) const {
    ClockArrival const last = at(size - 1);
    put(size - 1, first);
    if (size > 1) replace_first(size - 1, last);
  }

  /// Adds an arrival to a heap of `size`.
  __device__ void add(std::uint32_t size, ClockArrival const& arrival) const {
    std::uint32_t node = size;
    while (node > 0) {
      std::uint32_t const parent = (node - 1) / ClockRows::arity;
      ClockArrival const other = at(parent);
      if (!is_earlier(arrival, other)) break;
      put(node, other);
      node = parent;
    }
    put(node, arrival);
  }

 private:
  /// Index of a node in the arrays of ClockRows.
  __device__ std::uint32_t place_of(std::uint32_t node) const {
    std::uint32_t const place = node + ClockRows::arity - 1;
    std::uint32_t const group = place / ClockRows::arity;
    return (group * rows_.replications + replication_) * ClockRows::arity + place % ClockRows::arity;
  }

  ClockRows const& rows_;
  std::uint32_t replication_;
};

}  // namespace dsgd::kernels
