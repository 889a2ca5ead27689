/// Models whose likelihood has its maximum in closed form.
#pragma once

#include "fit/model.hpp"

namespace dsgd::fit {

/// Exponential, or shifted exponential.
class ExponentialModel : public Model {
 public:
  explicit ExponentialModel(bool has_shift) : has_shift_(has_shift) {}
  std::string_view law_name() const override;
  bool has_shift() const override { return has_shift_; }
  std::optional<Fitted> fit(Sample const& sample, Fitted const* near) const override;
  std::vector<FittedParameter> parameters(Sample const& sample, Fitted const& fitted) const override;

 private:
  bool has_shift_;
};

/// Uniform between the smallest and the largest value.
class UniformModel : public Model {
 public:
  std::string_view law_name() const override { return Uniform::name; }
  bool has_shift() const override { return false; }
  std::optional<Fitted> fit(Sample const& sample, Fitted const* near) const override;
  std::vector<FittedParameter> parameters(Sample const& sample, Fitted const& fitted) const override;
};

}  // namespace dsgd::fit
