#pragma once

#include <span>
#include <string>

#include "output/document.hpp"

namespace dsgd {

/// One line that names the row with the most gradients per time, its ratio to `sync` with as many workers where
/// that is there, and how many rows chance may have put behind it:
/// "most gradients per time: backup:spare=1, 1.10 times sync's".
/// @return empty where rows differ in nothing but workers' laws, or have several laws: these are not a choice
std::string most_gradients_text(std::span<ResultRow const* const> rows);

}  // namespace dsgd
