#include "run/shard.hpp"

#include "dsgd/arithmetic/wide_unsigned.hpp"
#include "dsgd/error.hpp"
#include "text/number.hpp"
#include "text/split.hpp"

namespace dsgd {
namespace {

/// Spreads what does not divide evenly over the shards, in [0, count).
std::uint64_t offset_of(Point const& point, std::uint64_t count) {
  return (point.stream.id * std::uint64_t{0x9e3779b97f4a7c15} >> 32) % count;  // Knuth's golden ratio
}

}  // namespace

Shard parse_shard(std::string_view text) {
  std::vector<std::string_view> const parts = split(text, '/');
  if (parts.size() != 2)
    throw Error(ExitCode::usage, "--shard '" + std::string(text) + "' is not of the form I/N", "shard I of N",
                "write 1/4, 2/4, 3/4 or 4/4");
  std::uint64_t const count = parse_count(parts[1], "--shard N", 1, max_shards);
  return {parse_count(parts[0], "--shard I", 1, count), count};
}

std::string shard_text(Shard shard) {
  return std::to_string(shard.number) + "/" + std::to_string(shard.count);
}

IterationRange shard_units(Shard shard, ShardBy by, Point const& point, std::uint64_t units) {
  std::uint64_t const offset = offset_of(point, shard.count);
  if (by == ShardBy::points) return {0, offset + 1 == shard.number ? units : 0};
  auto const cut = [&](std::uint64_t number) {
    return static_cast<std::uint64_t>((uint128{units} * number + offset) / shard.count);
  };
  std::uint64_t const first = cut(shard.number - 1);
  return {first, cut(shard.number) - first};
}

}  // namespace dsgd
