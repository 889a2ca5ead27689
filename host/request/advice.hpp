/// What can be changed in a point that a sweep leaves out: advice is given only where it helps.
#pragma once

#include <functional>

#include "dsgd/point.hpp"

namespace dsgd {

/// True where a point is not left out.
using Passes = std::function<bool(Point const&)>;

/// True where the same law and strategy pass with fewer workers. A fleet has its own number of them.
bool helps_fewer_workers(Point const& point, Passes const& passes);

/// True where another strategy passes with the same law and workers.
bool helps_strategy(Point point, Strategy const& other, Passes const& passes);

}  // namespace dsgd
