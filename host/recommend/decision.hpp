/// What is recommended, in a sentence.
#pragma once

#include <string>

#include "recommend/recommend.hpp"

namespace dsgd {

/// The decision under one law. @param unit  of times; may be empty
std::string decision_text(LawRecommendation const& law, Goal const& goal, std::string const& unit);

/// The decision over all laws: the candidate that loses least under the law that it loses most under.
/// @param laws  with their decisions; at least one
std::string overall_decision(std::vector<LawRecommendation> const& laws, double within);

}  // namespace dsgd
