#include "exact/breaks.hpp"

#include <algorithm>
#include <cmath>

namespace dsgd::exact {
namespace {

template <Continuous L>
void add_inner(L const& law, std::uint64_t n, std::vector<double>& breaks) {
  auto const count = static_cast<double>(n);
  double const least = 1e-3 / count;
  double const most = 40 + std::log(count);
  for (int i = 0; std::ldexp(least, i) < most; ++i) breaks.push_back(law.at_hazard(std::ldexp(least, i)));
}

/// Adds more places for a law with two scales: quantiles are far apart where one takes over.
void add_inner(Hyperexponential const& law, std::uint64_t n, std::vector<double>& breaks) {
  add_inner<Hyperexponential>(law, n, breaks);
  for (double const rate : {law.rate1, law.rate2}) {
    for (int i = -2; i <= 6; i += 2) breaks.push_back(std::ldexp(1 / rate, i));
  }
}

void add_inner(Empirical const& law, std::uint64_t, std::vector<double>& breaks) {
  breaks.insert(breaks.end(), law.values.begin(), law.values.end());
}

/// Adds nothing: the ends of the support are the only atoms.
void add_inner(Constant const&, std::uint64_t, std::vector<double>&) {}
void add_inner(TwoPoint const&, std::uint64_t, std::vector<double>&) {}

template <class L>
void add_inner(Shifted<L> const& law, std::uint64_t n, std::vector<double>& breaks) {
  std::size_t const own = breaks.size();
  add_inner(law.law, n, breaks);
  for (std::size_t i = own; i < breaks.size(); ++i) breaks[i] += law.shift;
}

}  // namespace

void add_breaks(Law const& law, std::uint64_t n, std::vector<double>& breaks) {
  std::visit(
      [&](auto const& l) {
        for (double const end : {l.lower(), l.upper()}) {
          if (std::isfinite(end)) breaks.push_back(end);
        }
        add_inner(l, n, breaks);
      },
      law);
}

std::vector<double> ascending(std::vector<double> values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

}  // namespace dsgd::exact
