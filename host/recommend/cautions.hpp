/// What people should know before they follow a recommendation.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dsgd/point.hpp"
#include "recommend/recommend.hpp"

namespace dsgd {

/// What is to be said of the best candidate and of the best one with fresh gradients: that it stands at the end of what was tried, that
/// it leaves out the same measured workers in nearly every step, or that its cost does not count copies.
/// @param points  the candidates, in any order
std::vector<Caution> cautions(LawRecommendation const& law, std::span<Point const> points, Goal const& goal);

}  // namespace dsgd
