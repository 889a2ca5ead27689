#include <cmath>

#include "exact/order_statistic.hpp"

namespace dsgd::exact {

OrderStatistic::OrderStatistic(Law const& law, std::uint64_t workers, std::uint64_t rank)
    : law_(law), workers_(workers), rank_(rank), beta_(workers, rank) {}

Tails OrderStatistic::tails(double x) const { return beta_.at(cumulative_hazard(law_, x)); }

std::optional<double> OrderStatistic::density(double x) const {
  return std::visit(
      [&]<class L>(L const& law) -> std::optional<double> {
        if constexpr (Continuous<L>) {
          double const hazard = law.cumulative_hazard(x);
          if (hazard == 0) return rank_ == 1 ? static_cast<double>(workers_) * law.density(x) : 0.0;
          if (hazard > 700) return 0.0;  // below the smallest numbers
          // The logit of F has the derivative f / (F (1 - F)).
          return -beta_.logit_density(hazard) * law.density(x) * std::exp(hazard) / std::expm1(-hazard);
        } else {
          return std::nullopt;
        }
      },
      law_);
}

}  // namespace dsgd::exact
