#include "fit/maximise.hpp"

#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <memory>
#include <new>

#include "dsgd/expects.hpp"

namespace dsgd::fit {
namespace {

struct DestroyOptimiser {
  void operator()(nlopt_opt optimiser) const { nlopt_destroy(optimiser); }
};

/// What NLopt's callback needs, and the best point that it was asked for.
struct Search {
  SmoothFunction const& function;
  std::vector<double> gradient;
  nlopt_opt optimiser;
  Maximum best;
  std::exception_ptr failure = nullptr;  // no exception passes through C
};

double evaluate_for_nlopt(unsigned size, double const* at, double* gradient, void* data) {
  auto& search = *static_cast<Search*>(data);
  try {
    double value = search.function({at, size}, search.gradient);
    if (!std::isfinite(value)) value = -1e100;
    if (gradient != nullptr)
      for (unsigned i = 0; i < size; ++i)
        gradient[i] = std::isfinite(search.gradient[i]) ? search.gradient[i] : 0;
    if (value > search.best.value) search.best = {{at, at + size}, value};
    return value;
  } catch (...) {
    search.failure = std::current_exception();
    nlopt_force_stop(search.optimiser);
    return 0;
  }
}

}  // namespace

/// How NLopt ended is of no interest: near a maximum it may well report that rounding keeps it from going on.
Maximum maximise(SmoothFunction const& function, Coordinates start, Coordinates const& lower,
                 Coordinates const& upper) {
  DSGD_EXPECTS(start.size() == lower.size() && start.size() == upper.size());
  auto const size = static_cast<unsigned>(start.size());
  std::unique_ptr<nlopt_opt_s, DestroyOptimiser> const optimiser(nlopt_create(NLOPT_LD_SLSQP, size));
  if (!optimiser) throw std::bad_alloc();
  for (unsigned i = 0; i < size; ++i) start[i] = std::clamp(start[i], lower[i], upper[i]);
  Search search{function,
                std::vector<double>(size),
                optimiser.get(),
                {start, -std::numeric_limits<double>::infinity()}};
  nlopt_set_max_objective(optimiser.get(), evaluate_for_nlopt, &search);
  nlopt_set_lower_bounds(optimiser.get(), lower.data());
  nlopt_set_upper_bounds(optimiser.get(), upper.data());
  nlopt_set_ftol_abs(optimiser.get(), 1e-14);
  nlopt_set_xtol_abs1(optimiser.get(), 1e-9);
  nlopt_set_maxeval(optimiser.get(), 1000);
  double value = 0;
  nlopt_optimize(optimiser.get(), start.data(), &value);
  if (search.failure) std::rethrow_exception(search.failure);
  return search.best;
}

}  // namespace dsgd::fit
