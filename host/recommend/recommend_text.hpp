/// A recommendation as a table for people, and as files.
#pragma once

#include <string>
#include <string_view>

#include "recommend/recommend.hpp"

namespace dsgd {

/// A table for each law, of its best candidates, each with its decision where there are several laws; the
/// overall decision is the last line.
std::string recommend_table(Recommendation const& recommendation);

/// One row for each law, strategy and number of workers, in the order of their rank.
/// @param format  csv, json or md
std::string recommend_text(Recommendation const& recommendation, std::string_view format);

/// The document `dsgd.recommend/1`.
std::string recommend_json(Recommendation const& recommendation);

}  // namespace dsgd
