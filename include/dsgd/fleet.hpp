/// Fleets whose workers are not alike.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

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
  explicit Fleet(std::vector<FleetGroup> groups) : laws_(std::move(groups)) {}

  /// Do all workers share a law?
  bool uniform() const { return laws_.front().workers == 0; }

  /// Of the first worker; of all where the fleet is uniform.
  Law const& law() const { return laws_.front().law; }

  /// Empty where the fleet is uniform.
  std::vector<FleetGroup> groups() const { return uniform() ? std::vector<FleetGroup>() : laws_; }

  /// 0 where the fleet is uniform: then any number.
  std::uint64_t workers() const {
    std::uint64_t sum = 0;
    for (FleetGroup const& group : laws_) sum += group.workers;
    return sum;
  }

  /// Can the fleet have so many workers?
  bool has(std::uint64_t number) const { return uniform() || number == workers(); }

 private:
  std::vector<FleetGroup> laws_;
};

}  // namespace dsgd
