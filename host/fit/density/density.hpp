/// What the densities have in common. A density is a law's logarithmic density over coordinates that fill a
/// box, with its derivatives, so that its likelihood can be maximised:
///
///     Law                          the law that is fitted
///     size                         number of coordinates
///     needs_positive               true where values of 0 have no finite density
///     start(traits)                coordinates to begin a search at
///     lower, upper                 ends of the box: what the law takes
///     law(coordinates, smallest)   the law there
///     parameters                   how each of the law's parameters, in its order, follows from coordinates
///     shift_is_regular(coordinates)  true where a fitted shift is nearly normal for many values
///     Density(coordinates, smallest)
///     add(y, log_y, gradient)      returns log density at y; adds its derivatives by the coordinates and, last,
///                                  by y
///
/// y is a value minus the shift, `smallest` the smallest y.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace dsgd::fit {

/// What starting points are made from.
struct Traits {
  std::vector<double> y;  ///< ascending, time units
  double mean;
  double mean_log, sd_log;  ///< of log y; not finite where a y is 0
};

/// A parameter as a function of a linear form of coordinates.
enum class Link {
  identity,
  exponential,  ///< exp(form)
  logistic,     ///< 1 / (1 + exp(-form))
  smallest,     ///< no form of coordinates: it is the smallest y
};

template <std::size_t size>
struct ParameterForm {
  Link link;
  std::array<double, size> weights;  ///< of the form
};

inline double linked(Link link, double form) {
  switch (link) {
    case Link::identity:
    case Link::smallest:
      return form;
    case Link::exponential:
      return std::exp(form);
    case Link::logistic:
      return 1 / (1 + std::exp(-form));
  }
  return form;
}

inline constexpr double widest = 200;  ///< end of the box of a scale's logarithm: no data come near it

}  // namespace dsgd::fit
