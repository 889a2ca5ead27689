/// The raced model as text: `quadratic:curvature=1,0.1:noise=1:start=1`.
#pragma once

#include <string>
#include <string_view>

#include "dsgd/race/quadratic.hpp"

namespace dsgd {

/// @throws Error usage
Quadratic parse_model(std::string_view text);

/// Where an error is to be reached: it must be below the one at the start.
/// @param option  with its value, for the message
/// @throws Error usage where there is nothing to train
void require_below_start(Quadratic const& model, double error, std::string const& option);

/// The one spec of a model.
std::string canonical_spec(Quadratic const& model);

/// What each of its keys means: a line for each.
std::string model_help();

}  // namespace dsgd
