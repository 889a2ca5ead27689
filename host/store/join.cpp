#include "store/join.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"
#include "run/runner.hpp"
#include "store/resume.hpp"
#include "text/plain_text.hpp"

namespace dsgd {
namespace {

/// What all shards of a sweep say alike.
Description common_part(Description description) {
  description.shard.clear();
  description.laws = description.swept_laws;
  description.typed_laws.clear();
  return description;
}

/// The part of its sweep that a store holds.
Shard shard_of(Description const& description) {
  return description.shard.empty() ? Shard{} : parse_shard(description.shard);
}

std::string quoted(Store const& store) { return "'" + store.path() + "'"; }

/// The stores that are not whole, and the first thing that the first of them lacks.
class Unfinished {
 public:
  void add(Store const& store, PlannedPoint const& point, PointWork const& work) {
    if (stores_.empty())
      lacking_ = "units " + std::to_string(work.units.first + work.done) + " to " +
                 std::to_string(work.units.first + work.units.count - 1) + " of " + point_text(point) +
                 " are missing";
    stores_.push_back(&store);
  }

  /// @throws Error damaged
  void require_none() const {
    if (stores_.empty()) return;
    std::string names, commands;
    for (std::size_t i = 0; i < std::min(stores_.size(), most_named); ++i) {
      names += (i > 0 ? ", " : "") + quoted(*stores_[i]);
      commands += (i > 0 ? ", '" : "'") + ("dsgd resume " + path_word(stores_[i]->path())) + "'";
    }
    bool const is_one = stores_.size() == 1;
    if (stores_.size() > most_named) names += " and " + std::to_string(stores_.size() - most_named) + " more";
    throw Error(ExitCode::damaged,
                std::string(is_one ? "the store " : "the stores ") + names +
                    (is_one ? " is not finished" : " are not finished"),
                lacking_,
                "run " + commands + (stores_.size() > most_named ? " and so on" : "") +
                    " to the end, then merge again");
  }

 private:
  static constexpr std::size_t most_named = 4;

  std::vector<Store const*> stores_;
  std::string lacking_;
};

}  // namespace

Description joined_description(std::span<Store const> stores) {
  DSGD_EXPECTS(!stores.empty());
  Store const& first = stores.front();
  std::uint64_t const count = shard_of(first.description()).count;
  std::map<std::uint64_t, Store const*> shards;
  for (Store const& store : stores) {
    Shard const shard = shard_of(store.description());
    std::string const found = difference(common_part(first.description()), common_part(store.description()));
    if (common_part(store.description()) != common_part(first.description()) || shard.count != count)
      throw Error(ExitCode::damaged,
                  "the stores " + quoted(first) + " and " + quoted(store) + " are of different sweeps",
                  shard.count != count
                      ? "shards of " + std::to_string(count) + " and of " + std::to_string(shard.count)
                  : found.empty()
                      ? "they differ in --law, other points, --iterations, --quantiles or --updates"
                      : found,
                  "name the shards of one sweep");
    auto const [other, fresh] = shards.emplace(shard.number, &store);
    if (!fresh)
      throw Error(
          ExitCode::damaged,
          "shard " + shard_text(shard) + " is in " + quoted(*other->second) + " and in " + quoted(store),
          "its iterations would count twice", "name each shard once");
  }
  for (std::uint64_t number = 1; number <= count; ++number)
    if (!shards.contains(number))
      throw Error(ExitCode::damaged, "shard " + shard_text({number, count}) + " is in none of the stores",
                  "its iterations are missing", "run it, and name all shards");
  Description description = common_part(first.description());
  description.laws = first.description().laws;
  description.typed_laws = first.description().typed_laws;
  return description;
}

std::vector<PointWork> joined_work(std::span<Store const> stores, std::span<PlannedPoint const> points,
                                   std::optional<double> relative_error) {
  std::vector<PointWork> joined(points.size());
  Unfinished unfinished;
  for (Store const& store : stores) {
    Shard const shard = shard_of(store.description());
    std::vector<PointWork> const part = resume(store, points, shard, shard_by(relative_error));
    for (std::size_t i = 0; i < points.size(); ++i)
      if (!is_finished(points[i], part[i], relative_error)) {
        unfinished.add(store, points[i], part[i]);
        break;
      }
    for (std::size_t i = 0; i < points.size(); ++i) {
      joined[i].done += part[i].done;
      joined[i].units.count += part[i].units.count;
      joined[i].summary.merge(part[i].summary);
    }
  }
  unfinished.require_none();
  return joined;
}

}  // namespace dsgd
