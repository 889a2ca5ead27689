/// Which of a sweep's laws stand for measured times.
#pragma once

#include "fit/fit.hpp"

namespace dsgd::fit {

/// Sets `use`, and `use_note` where the simplest models do not hold, and `laws_note` where no law does:
/// predictions are not told then where no measured mean says how far they miss.
/// @pre all else is set
void recommend(Request const& request, MeasuredTimes const& times, Result& result);

}  // namespace dsgd::fit
