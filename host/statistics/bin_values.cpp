#include "statistics/bin_values.hpp"

#include <algorithm>

#include "dsgd/summary/histogram.hpp"
#include "dsgd/time_scale.hpp"

namespace dsgd {

BinValues::BinValues(RuntimeDistribution const& exact, TimeScale time, std::uint32_t bin) : exact_(&exact) {
  std::vector<double> const& values = exact.values;
  // Values are counted as float32 excesses: from half-way below it, a bin's lower end is what they round to.
  auto const first_of = [&](std::uint32_t number) {
    if (number == 0) return values.begin();
    double const border = time.offset + time.scale * Histogram::border(number);
    return std::lower_bound(values.begin(), values.end(), border);
  };
  begin_ = first_of(bin);
  end_ = first_of(bin + 1);
}

double BinValues::at(double share) const {
  DSGD_EXPECTS(!empty());
  if (end_ - begin_ == 1) return *begin_;
  exact::Tails const before = tails_to(begin_);
  bool const upper = before.below > 0.5;  // the smaller side has the digits
  auto const since = [&](exact::Tails const& tails) {
    return upper ? before.above - tails.above : tails.below - before.below;
  };
  double const wanted = share * since(tails_to(end_)) * (1 - 1e-12);  // what ends at a value belongs to it
  auto left = begin_;
  for (auto right = end_ - 1; left != right;) {
    auto const middle = left + (right - left) / 2;
    if (since(tails_to(middle + 1)) < wanted)
      left = middle + 1;
    else
      right = middle;
  }
  return *left;
}

exact::Tails BinValues::tails_to(Place next) const {
  std::vector<double> const& values = exact_->values;
  if (next == values.begin()) return {0, 1};
  if (next == values.end()) return {1, 0};
  // Half-way between two values rounding confuses neither with the other.
  return exact_->tails(*(next - 1) + (*next - *(next - 1)) / 2);
}

}  // namespace dsgd
