#include "closed_form/exact_law.hpp"

#include <variant>

namespace dsgd {
namespace {

/// To add a law that has exact values, add what it is here.
struct Translate {
  std::vector<double>& values;

  exact::Law operator()(Exponential const& law) const { return exact::exponential(law.rate); }
};

}  // namespace

ExactLaw::ExactLaw(Law const& law) : law_(std::visit(Translate{values_}, law)) {}

}  // namespace dsgd
