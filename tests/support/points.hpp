#pragma once

#include <cstdint>

#include "dsgd/point.hpp"

namespace dsgd {

/// A point with its usual, independent draws.
inline Point make_point(Strategy const& strategy, std::uint32_t workers, std::uint64_t iterations,
                        Law const& law = Exponential{}, std::uint64_t seed = 1) {
  return {law, strategy, workers, iterations, {seed, workers}};
}

}  // namespace dsgd
