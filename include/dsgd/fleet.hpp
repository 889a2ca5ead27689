/// Fleets: how many workers have which law.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "dsgd/expects.hpp"
#include "dsgd/law/list.hpp"

namespace dsgd {

/// Some workers in a row that share a law.
struct FleetGroup {
  std::uint64_t workers;  ///< >= 1
  Law law;
};

/// The laws of a fleet's delays: one for all its workers, however many, or groups of given sizes.
class Fleet {
 public:
  Fleet(Law law) : laws_{{0, std::move(law)}} {}  // NOLINT(google-explicit-constructor): a law is a fleet
  /// @pre groups is not empty
  explicit Fleet(std::vector<FleetGroup> groups) : laws_(std::move(groups)) { DSGD_EXPECTS(!laws_.empty()); }

  /// True where all workers share a law, however many they are.
  bool uniform() const { return laws_.front().workers == 0; }

  /// The law of the first worker, which is that of all workers where the fleet is uniform.
  Law const& law() const { return laws_.front().law; }

  /// The groups in the order of their workers; empty where the fleet is uniform.
  std::vector<FleetGroup> groups() const { return uniform() ? std::vector<FleetGroup>() : laws_; }

  /// Number of workers; 0 where the fleet is uniform, which may have any number.
  std::uint64_t workers() const {
    std::uint64_t sum = 0;
    for (FleetGroup const& group : laws_) sum += group.workers;
    return sum;
  }

  /// True where the fleet can have so many workers.
  bool has(std::uint64_t number) const { return uniform() || number == workers(); }

 private:
  std::vector<FleetGroup> laws_;
};

}  // namespace dsgd
