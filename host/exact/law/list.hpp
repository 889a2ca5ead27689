/// Laws as their exact theory sees them: distributions over plain doubles. Every law answers
///   lower(), upper()      ends of its support
///   mean(), variance()    `infinite` where they do not exist
///   tail_index()          S(x) falls like x^-index; `infinite` where it falls faster than any power
///   cumulative_hazard(x)  H = -log P(X > x), accurate at both ends: P(X > x) = exp(-H) and
///                         P(X <= x) = -expm1(-H)
/// and those without atoms also
///   at_hazard(e)          the x with H(x) = e
///   rise(start, step)     at_hazard(step.to) - start without cancellation, start = at_hazard(step.from)
///   density(x)            of delays, per unit of time
///   limited_mean(x)       E[min(X, x)], x >= 0
///   excess_mean(x)        E[max(X - x, 0)]
#pragma once

#include <algorithm>
#include <variant>
#include <vector>

#include "exact/law/discrete.hpp"
#include "exact/law/exponential.hpp"
#include "exact/law/gamma.hpp"
#include "exact/law/hyperexponential.hpp"
#include "exact/law/log_logistic.hpp"
#include "exact/law/lognormal.hpp"
#include "exact/law/pareto.hpp"
#include "exact/law/shifted.hpp"
#include "exact/law/uniform.hpp"
#include "exact/law/weibull.hpp"

namespace dsgd::exact {

using Law = std::variant<ShiftedExponential, Pareto, Weibull, Lognormal, LogLogistic, Gamma, Uniform,
                         Hyperexponential, Constant, TwoPoint, Empirical, Shifted<Pareto>, Shifted<Weibull>,
                         Shifted<Lognormal>, Shifted<LogLogistic>, Shifted<Hyperexponential>>;

/// A law without atoms, which answers the questions of such laws.
template <class L>
concept Continuous = requires(L const& law) {
  law.at_hazard(1.0);
};

inline double mean(Law const& law) {
  return std::visit([](auto const& l) { return l.mean(); }, law);
}

inline double variance(Law const& law) {
  return std::visit([](auto const& l) { return l.variance(); }, law);
}

inline double lower(Law const& law) {
  return std::visit([](auto const& l) { return l.lower(); }, law);
}

inline double tail_index(Law const& law) {
  return std::visit([](auto const& l) { return l.tail_index(); }, law);
}

/// All values that delays can have, ascending; empty where they fill an interval.
inline std::vector<double> values(Law const& law) {
  return std::visit(
      []<class L>(L const& l) {
        std::vector<double> all;
        if constexpr (!Continuous<L>) {
          all = l.all_values();
          all.erase(std::unique(all.begin(), all.end()), all.end());
        }
        return all;
      },
      law);
}

inline double cumulative_hazard(Law const& law, double x) {
  return std::visit([x](auto const& l) { return l.cumulative_hazard(x); }, law);
}

}  // namespace dsgd::exact
