#include "exact/exact_law.hpp"

#include <variant>

namespace dsgd {
namespace {

/// Makes the exact twin of a law. To add a law that has exact values, add its twin here.
struct Translate {
  std::vector<double>& values;

  exact::Law operator()(Exponential const& law) const { return exact::exponential(law.rate); }
  exact::Law operator()(ShiftedExponential const& law) const {
    return exact::ShiftedExponential{law.shift, law.rate};
  }
  exact::Law operator()(Pareto const& law) const { return exact::Pareto{law.scale, law.shape}; }
  exact::Law operator()(Weibull const& law) const { return exact::Weibull{law.scale, law.shape}; }
  exact::Law operator()(LogLogistic const& law) const { return exact::LogLogistic{law.scale, law.shape}; }
  exact::Law operator()(Lognormal const& law) const { return exact::Lognormal{law.mu, law.sigma}; }
  exact::Law operator()(Uniform const& law) const { return exact::Uniform{law.low, law.high}; }
  exact::Law operator()(Constant const& law) const { return exact::Constant{law.value}; }
  /// Takes the longer delay as it is drawn, a float32: 6e-8 of the difference is many standard errors where
  /// nearly all delays are long. The probability is drawn to 2^-33, which is at most 1 % of a standard error
  /// at 10^12 iterations.
  exact::Law operator()(TwoPoint const& law) const {
    return exact::TwoPoint{law.low, law.low + static_cast<double>(law.sampler().rise), law.probability};
  }
  exact::Law operator()(Gamma const& law) const { return exact::Gamma{law.shape, law.rate}; }
  exact::Law operator()(Hyperexponential const& law) const {
    return exact::Hyperexponential{law.probability, law.rate1, law.rate2};
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
