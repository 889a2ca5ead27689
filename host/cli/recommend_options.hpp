/// The options of `dsgd recommend`, and what they ask for.
#pragma once

#include <optional>
#include <string>

#include "recommend/recommend.hpp"
#include "request/texts.hpp"

namespace dsgd {

/// As typed.
struct RecommendTexts {
  SweepTexts what = [] {
    SweepTexts texts;
    texts.iterations = "40000";
    return texts;
  }();
  std::string goal = "throughput";
  std::optional<std::string> model = {};  ///< that is trained, where the goal asks for that
  std::string within = "1%";
  std::string bootstrap = "400";
  std::optional<std::string> threads = {};
  std::string unit = {};  ///< of the times, a label
};

/// @throws Error usage, also for a unit that does not fit into a table or would steer a terminal; file where
/// measured delays cannot be read
RecommendRequest parse_recommend_request(RecommendTexts const& texts);

}  // namespace dsgd
