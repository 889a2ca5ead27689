/// Laws, strategies and points to check, made from the lists of laws and strategies: what is listed is
/// checked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dsgd/point.hpp"

namespace dsgd {

/// Every law with its default parameters; measured delays are made up.
std::vector<Law> sample_laws();

/// Laws without a variance, under which strategies that do not wait for the slowest still have means.
std::vector<Law> heavy_tailed_laws();

/// Every strategy with parameters that suit any number of workers >= 4.
std::vector<Strategy> sample_strategies();

/// A point of about `draws` draws. Its seed depends on what it is, so that points are independent.
Point sample_point(Law const& law, Strategy const& strategy, std::uint64_t workers, double draws);

/// What checks call a point: its law, its strategy and workers, and all three.
std::string sample_law(Point const& point);
std::string sample_strategy(Point const& point);
std::string sample_name(Point const& point);

}  // namespace dsgd
