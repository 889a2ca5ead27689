#include "exact/rests.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "exact/breaks.hpp"
#include "exact/tails_integral.hpp"

namespace dsgd::exact {
namespace {

/// log P(rest > x), taken from the smaller one of the two tails.
template <Continuous L>
double log_above(L const& law, double x) {
  double const below = law.limited_mean(x) / law.mean();
  return below < 0.5 ? std::log1p(-below) : std::log(std::max(0.0, law.excess_mean(x) / law.mean()));
}

template <class L>
double log_above(L const&, double) {
  return 0;  // laws with atoms are turned away before
}

bool has_rests(Law const& law) {
  return std::visit([]<class L>(L const& l) { return Continuous<L> && l.mean() < infinite; }, law);
}

}  // namespace

std::optional<double> mean_least_rest(std::span<Group const> fleet) {
  TailFunction tails{{}, {0.0}, 0, 0};
  for (Group const& group : fleet) {
    if (!has_rests(group.law)) return std::nullopt;
    add_breaks(group.law, 1, tails.breaks);
    tails.tail_index += (tail_index(group.law) - 1) * static_cast<double>(group.count);
  }
  tails.breaks = ascending(std::move(tails.breaks));
  tails.reach = tails.breaks.back();
  tails.at = [fleet](double x) -> Tails {
    double log_all_above = 0;
    for (Group const& group : fleet) {
      log_all_above += static_cast<double>(group.count) *
                       std::visit([x](auto const& law) { return log_above(law, x); }, group.law);
    }
    return {-std::expm1(log_all_above), std::exp(log_all_above)};
  };
  std::optional<Moments> const moments = moments_of(tails);
  if (!moments) return std::nullopt;
  return moments->mean;
}

}  // namespace dsgd::exact
