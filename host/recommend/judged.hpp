/// Candidates beside a goal, before they are ranked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "recommend/recommend.hpp"

namespace dsgd {

/// The candidates of a law, in the order of their points.
struct Judged {
  std::vector<Candidate> candidates;  ///< of_best, is_near and is_tied are not yet known
  std::vector<double> losses;         ///< of each, > 0: the least is the best
  /// losses[other] / losses[one] of two candidates, with its interval.
  std::function<Ratio(std::size_t one, std::size_t other)> progress;
  Means::Basis basis = Means::Basis::exact;
  std::size_t rows = 0;                    ///< as LawRecommendation has them
  std::uint32_t block = 1;                 ///< likewise
  std::vector<std::string> warnings = {};  ///< of candidates that are left out
};

/// What is known of a candidate without its goal.
Candidate candidate_of(Point const& point);

/// By the mean time of an update. @param points  of one law, at least one
/// @throws Error usage where an update takes no time; stopped
Judged judged_by_means(RecommendRequest const& request, std::vector<PlannedPoint> const& points);

/// By races, each candidate at its own best learning rate; under measured times also with tables drawn from them.
/// @param points  of one law, at least one
/// @throws Error usage where nothing can be raced, or no candidate comes to the error; stopped
Judged judged_by_races(RecommendRequest const& request, std::vector<Point> const& points);

}  // namespace dsgd
