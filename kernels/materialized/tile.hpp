/// Rectangles of draws, and how many fit into a slot of memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "kernels/materialized/extremes.hpp"

namespace dsgd::kernels {

/// Draws of neighbouring workers in successive iterations. In memory: float32 excesses, shape
/// [iterations][workers], row-major.
struct Tile {
  Stream stream;
  std::uint64_t first_iteration;
  std::uint64_t iterations;
  std::uint32_t first_worker;  ///< a multiple of 4: a tile starts with a whole Philox block
  std::uint32_t workers;
};

/// Size of a tile: some whole iterations, or a piece of one.
struct TileShape {
  std::uint64_t iterations;
  std::uint32_t workers;

  friend bool operator==(TileShape const&, TileShape const&) = default;
};

/// The most draws of a tile: the reduction's keys have 32 bits.
inline constexpr std::uint64_t max_tile_draws = std::uint64_t{1} << 30;

/// Bytes of a slot's extremes. The excesses follow them, 16-byte aligned for vector stores.
constexpr std::uint64_t extremes_bytes(std::uint64_t rows) {
  return (rows * sizeof(Extremes) + 15) / 16 * 16;
}

/// Bytes that one more row takes in a slot.
constexpr std::uint64_t row_bytes(std::uint32_t workers) {
  return sizeof(Extremes) + std::uint64_t{workers} * sizeof(float);
}

/// The most bytes between the extremes and the excesses of a slot.
inline constexpr std::uint64_t row_padding = extremes_bytes(1) - sizeof(Extremes);
inline constexpr std::uint64_t min_tile_bytes = 64;

/// Bytes at the start of a slot that tell whether its tile was written: the extremes and the first excess. A
/// kernel that starts writes all of a tile, or leaves an error that CUDA does not forget.
constexpr std::uint64_t telling_bytes(std::uint64_t rows) { return extremes_bytes(rows) + sizeof(float); }

/// The largest tile of `iterations` x `workers` that fits.
/// @param bytes  of a slot, at least min_tile_bytes
/// @return all workers; or, where not even one iteration fits, some multiple of 4 of them and one iteration
constexpr TileShape plan_tile(std::uint64_t bytes, std::uint64_t iterations, std::uint32_t workers) {
  std::uint64_t const rows = std::min((bytes - row_padding) / row_bytes(workers), max_tile_draws / workers);
  if (rows > 0) return {std::min(rows, iterations), workers};
  std::uint64_t const columns = (bytes - extremes_bytes(1)) / sizeof(float) / 4 * 4;
  return {1, static_cast<std::uint32_t>(columns)};
}

/// Bytes of the largest slot that is of use for `iterations` x `workers`.
constexpr std::uint64_t useful_tile_bytes(std::uint64_t iterations, std::uint32_t workers) {
  std::uint64_t const rows = std::min(iterations, max_tile_draws / workers);
  return std::max(min_tile_bytes, rows * row_bytes(workers) + row_padding);
}

/// A slot's memory, divided for `rows` rows.
struct SlotView {
  Extremes* extremes;  ///< [rows]
  float* excesses;     ///< [rows][workers], after the extremes
};

inline SlotView divide_slot(std::byte* memory, std::uint64_t rows) {
  return {reinterpret_cast<Extremes*>(memory), reinterpret_cast<float*>(memory + extremes_bytes(rows))};
}

}  // namespace dsgd::kernels
