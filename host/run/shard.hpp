/// Slices of a sweep for several processes that know nothing of each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dsgd/engine/engine.hpp"
#include "dsgd/point.hpp"

namespace dsgd {

struct Shard {
  std::uint64_t number = 1;  ///< in [1, count]
  std::uint64_t count = 1;

  bool whole() const { return count == 1; }
  friend bool operator==(Shard const&, Shard const&) = default;
};

/// Most shards of a sweep.
inline constexpr std::uint64_t max_shards = 1'000'000;

/// "2/5". @throws Error usage, naming --shard and the range
Shard parse_shard(std::string_view text);
std::string shard_text(Shard shard);

/// How a shard takes part in a point: by a range of its units, so that all shards are equally long; or with
/// the whole point or none of it, where units decide about the units that follow.
enum class ShardBy { units, points };

/// The way of a sweep whose points are done at a relative error, if there is one.
inline ShardBy shard_by(std::optional<double> relative_error) {
  return relative_error ? ShardBy::points : ShardBy::units;
}

/// The shard's range of a point's units 0 .. units - 1. The ranges of all shards follow each other without
/// gaps. Points that share draws have the same.
IterationRange shard_units(Shard shard, ShardBy by, Point const& point, std::uint64_t units);

}  // namespace dsgd
