/// Points of a sweep and how they share draws.
#pragma once

#include <cstdint>

#include "dsgd/draw.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/strategy/list.hpp"
#include "dsgd/tick.hpp"

namespace dsgd {

/// One (law, strategy, workers), to be averaged over `iterations` iterations of the draws of `stream`.
struct Point {
  Law law;
  Strategy strategy;
  std::uint32_t workers;     ///< in [1, max_workers]
  std::uint64_t iterations;  ///< in [1, max_iterations]
  Stream stream;
};

/// What an engine has to know of a point: which order statistic of which delays, in which quantum.
struct Observable {
  LawSampler law;
  std::uint32_t workers;
  std::uint32_t rank;    ///< 1 = fastest, workers = slowest
  int quantum_exponent;  ///< ticks are counted in 2^quantum_exponent time units
};

/// @pre the strategy is an order statistic of fresh delays under the law
inline Observable observable(Point const& point) {
  LawSampler const law = sampler(point.law);
  std::uint32_t const order = rank(point.strategy, point.law, point.workers).value();
  int const exponent =
      std::visit([&](auto const& l) { return quantum_exponent(l, point.workers, order); }, law);
  return {law, point.workers, order, exponent};
}

}  // namespace dsgd
