/// A race as a table for people, and as files.
#pragma once

#include <string>
#include <string_view>

#include "race/race.hpp"

namespace dsgd {

/// Rows of times and updates, then those of the target, then who has the least error when.
std::string race_table(RaceDocument const& document);

/// One row for each law, strategy, number of workers, learning rate, and time or number of updates.
/// @param format  csv, json or md
std::string race_text(RaceDocument const& document, std::string_view format);

/// The document `dsgd.race/1`.
std::string race_json(RaceDocument const& document);

/// Who has the least error at each time, the exact one where it is known: a sentence for each law and number of workers; none where there is
/// one strategy alone.
std::vector<std::string> race_winners(RaceDocument const& document);

}  // namespace dsgd
