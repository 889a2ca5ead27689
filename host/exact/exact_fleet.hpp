#pragma once

#include <span>
#include <vector>

#include "dsgd/fleet.hpp"
#include "exact/exact_law.hpp"
#include "exact/fleet.hpp"

namespace dsgd {

/// The laws of a fleet's workers as their exact theory sees them.
class ExactFleet {
 public:
  explicit ExactFleet(Fleet const& fleet) {
    laws_.reserve(fleet.groups().size());
    for (FleetGroup const& group : fleet.groups()) {
      laws_.emplace_back(group.law);
      groups_.push_back({group.workers, laws_.back().get()});
    }
  }

  /// Groups of workers with one law; valid as long as this lives.
  std::span<exact::Group const> groups() const { return groups_; }

 private:
  std::vector<ExactLaw> laws_;  ///< own what the groups point to
  std::vector<exact::Group> groups_;
};

}  // namespace dsgd
