#include "exact/exact_law.hpp"

#include <variant>

namespace dsgd {
namespace {

/// Makes the exact twin of a law. To add a law that has exact values, add its twin here.
struct Translate {
  std::vector<double>& values;

  template <class L>
  static exact::Law shifted(L law, double shift) {
    if (shift == 0) return law;
    return exact::Shifted<L>{law, shift};
  }

  exact::Law operator()(Exponential const& law) const {
    return exact::ShiftedExponential{law.shift, law.rate};
  }
  exact::Law operator()(ShiftedExponential const& law) const {
    return exact::ShiftedExponential{law.shift, law.rate};
  }
  exact::Law operator()(Pareto const& law) const {
    return shifted(exact::Pareto{law.scale, law.shape}, law.shift);
  }
  exact::Law operator()(Weibull const& law) const {
    return shifted(exact::Weibull{law.scale, law.shape}, law.shift);
  }
  exact::Law operator()(LogLogistic const& law) const {
    return shifted(exact::LogLogistic{law.scale, law.shape}, law.shift);
  }
  exact::Law operator()(Lognormal const& law) const {
    return shifted(exact::Lognormal{law.mu, law.sigma}, law.shift);
  }
  exact::Law operator()(Uniform const& law) const {
    return exact::Uniform{law.low + law.shift, law.high + law.shift};
  }
  exact::Law operator()(Constant const& law) const { return exact::Constant{law.origin()}; }
  /// Takes the longer delay as it is drawn, a float32: 6e-8 of the difference is many standard errors where
  /// nearly all delays are long. The probability is drawn to 2^-33, which is at most 1 % of a standard error
  /// at 10^12 iterations.
  exact::Law operator()(TwoPoint const& law) const {
    double const low = law.origin();
    return exact::TwoPoint{low, low + static_cast<double>(law.sampler().rise), law.probability};
  }
  exact::Law operator()(Gamma const& law) const { return exact::Gamma{law.shape, law.rate, law.shift}; }
  exact::Law operator()(Hyperexponential const& law) const {
    return shifted(exact::Hyperexponential{law.probability, law.rate1, law.rate2}, law.shift);
  }
  exact::Law operator()(Empirical const& law) const {
    for (float const excess : law.sampler().table())
      values.push_back(law.origin() + static_cast<double>(excess));
    return exact::Empirical{values};
  }
};

}  // namespace

ExactLaw::ExactLaw(Law const& law) : law_(std::visit(Translate{values_}, law)) {}

}  // namespace dsgd
