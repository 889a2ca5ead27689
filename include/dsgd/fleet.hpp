/// Fleets: how many workers have which law.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "dsgd/expects.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/law/replay.hpp"
#include "dsgd/law/same_law.hpp"

namespace dsgd {

/// Some workers in a row that share a law.
struct FleetGroup {
  std::uint64_t workers;  ///< >= 1
  Law law;
};

/// The workers of a point, in groups that share a law. Where all workers are equal they are one group, however
/// they were named.
class Fleet {
 public:
  /// @pre workers >= 1
  Fleet(Law law, std::uint64_t workers) : Fleet(std::vector<FleetGroup>{{workers, std::move(law)}}) {}

  /// @pre groups is not empty, and has workers in each
  explicit Fleet(std::vector<FleetGroup> groups) : groups_(std::move(groups)) {
    DSGD_EXPECTS(!groups_.empty());
    for (FleetGroup const& group : groups_) {
      DSGD_EXPECTS(group.workers >= 1);
      workers_ += group.workers;
    }
    bool const all_equal = std::all_of(groups_.begin() + 1, groups_.end(), [this](FleetGroup const& group) {
      return same_law(group.law, groups_.front().law);
    });
    if (!all_equal) return;
    groups_.erase(groups_.begin() + 1, groups_.end());
    groups_.front().workers = workers_;
  }

  /// Workers that are slow and fast together: a group of each, with the law that it has alone.
  explicit Fleet(std::shared_ptr<Replay const> replay) : Fleet(laws_alone(*replay)) {
    replay_ = std::move(replay);
  }

  std::uint64_t workers() const { return workers_; }

  /// The groups in the order of their workers; there is one at least.
  std::span<FleetGroup const> groups() const { return groups_; }

  /// True where all workers share a law.
  bool equal() const { return groups_.size() == 1; }

  /// The law of all workers. @pre equal()
  Law const& law() const {
    DSGD_EXPECTS(equal());
    return groups_.front().law;
  }

  /// True where some of its workers take measured times.
  bool is_measured() const {
    return std::any_of(groups_.begin(), groups_.end(),
                       [](FleetGroup const& group) { return std::holds_alternative<Empirical>(group.law); });
  }

  /// The measured steps that its workers take together; null where delays are independent.
  std::shared_ptr<Replay const> const& replay() const { return replay_; }

 private:
  static std::vector<FleetGroup> laws_alone(Replay const& replay) {
    std::vector<FleetGroup> groups;
    for (std::size_t worker = 0; worker < replay.workers(); ++worker)
      groups.push_back({1, replay.law(worker)});
    return groups;
  }

  std::vector<FleetGroup> groups_;
  std::uint64_t workers_ = 0;
  std::shared_ptr<Replay const> replay_;
};

/// What a sweep has for its workers: a law that any number of them may share, or a fleet of a given size.
class SweptFleet {
 public:
  SweptFleet(Law law) : fleet_(std::move(law), 1) {}  // NOLINT(google-explicit-constructor): a law is swept
  explicit SweptFleet(Fleet fleet) : fleet_(std::move(fleet)), size_(fleet_.workers()) {}

  /// The number of workers; nothing where there may be any number of them.
  std::optional<std::uint64_t> size() const { return size_; }

  /// True where there can be so many workers.
  bool has(std::uint64_t workers) const { return !size_ || *size_ == workers; }

  /// The fleet of so many workers. @pre has(workers)
  Fleet of(std::uint64_t workers) const {
    DSGD_EXPECTS(has(workers));
    return size_ ? fleet_ : Fleet(fleet_.law(), workers);
  }

  /// Its laws, as those of some number of workers that it has.
  Fleet const& fleet() const { return fleet_; }

 private:
  Fleet fleet_;
  std::optional<std::uint64_t> size_;
};

}  // namespace dsgd
