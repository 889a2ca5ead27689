#include "exact/binomial.hpp"

#include <boost/math/distributions/binomial.hpp>

namespace dsgd {

RankInterval binomial_interval_95(std::uint64_t n, double probability) {
  using boost::math::binomial;
  binomial const below(static_cast<double>(n), probability);  // values under the quantile
  // Ranks are rounded outwards: the interval is rather a little too wide than too narrow.
  double const low = boost::math::quantile(below, 0.025);
  double const high = boost::math::quantile(boost::math::complement(below, 0.025));
  return {low, high + 1};
}

}  // namespace dsgd
