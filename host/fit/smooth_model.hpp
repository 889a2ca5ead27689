/// Models whose likelihood is maximised by a search.
#pragma once

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <optional>

#include "exact/student_t.hpp"
#include "fit/information.hpp"
#include "fit/likelihood.hpp"
#include "fit/model.hpp"

namespace dsgd::fit {

/// P(F > bound) = 5 % for Fisher's F with 2 and 2 n - 2 degrees of freedom. For exponential values it bounds
/// n (smallest - shift) in units of the estimated mean excess.
inline double lower_end_bound(double count) {
  boost::math::fisher_f const distribution(2, 2 * count - 2);
  return boost::math::quantile(boost::math::complement(distribution, 0.05));
}

/// Searches over the coordinates and, with a shift, the logarithm of its distance from the smallest value.
template <class Density>
class SmoothModel : public Model {
 public:
  explicit SmoothModel(bool has_shift) : has_shift_(has_shift) {}

  std::string_view law_name() const override { return Density::Law::name; }
  bool has_shift() const override { return has_shift_; }

  std::optional<Fitted> fit(Sample const& sample, Fitted const* near) const override {
    double const smallest = sample.smallest();
    double const least = least_distance(sample, false);
    if (has_shift_ ? least >= smallest : Density::needs_positive && smallest <= 0) return std::nullopt;
    Likelihood<Density> likelihood(sample);
    SmoothFunction const function = [&](std::span<double const> at, std::span<double> gradient) {
      double const distance = has_shift_ ? std::exp(at[size]) : smallest;
      std::array<double, size + 1> slopes{};
      double const value = likelihood(at.first(size), smallest - distance, slopes);
      std::copy_n(slopes.begin(), size, gradient.begin());
      if (has_shift_) gradient[size] = -distance * slopes[size];
      return value;
    };
    Coordinates lower(Density::lower.begin(), Density::lower.end());
    Coordinates upper(Density::upper.begin(), Density::upper.end());
    if (has_shift_) {
      lower.push_back(std::log(least));
      upper.push_back(std::log(smallest));
    }
    std::optional<Maximum> best;
    for (Coordinates const& start : starts(sample, least, near)) {
      Maximum found = maximise(function, start, lower, upper);
      if (!best || found.value > best->value) best = std::move(found);
    }
    double shift = has_shift_ ? smallest - std::exp(best->at[size]) : 0;
    if (shift < 1e-9 * smallest) shift = 0;  // the end of the box, but for rounding
    return Fitted{Density::law(best->at, smallest - shift), shift, best->value * sample.count(),
                  static_cast<unsigned>(Density::parameters.size()) + (has_shift_ ? 1 : 0),
                  std::move(best->at)};
  }

  /// A shift that is not regular counts as known: it is nearer to the truth than the other parameters are.
  /// Source: Smith 1985.
  std::vector<FittedParameter> parameters(Sample const& sample, Fitted const& fitted) const override {
    bool const free_shift = has_shift_ && fitted.shift > 0 && Density::shift_is_regular(fitted.coordinates) &&
                            sample.smallest() - fitted.shift > 1.001 * least_distance(sample, false);
    std::size_t const dimensions = size + (free_shift ? 1 : 0);
    Coordinates at(fitted.coordinates.begin(), fitted.coordinates.begin() + size);
    std::vector<double> steps(size, 1e-4);
    if (free_shift) {
      at.push_back(fitted.shift);
      steps.push_back(1e-4 * (sample.smallest() - fitted.shift));
    }
    Likelihood<Density> likelihood(sample);
    SmoothFunction const function = [&](std::span<double const> point, std::span<double> gradient) {
      std::array<double, size + 1> slopes{};
      double const value = likelihood(point.first(size), free_shift ? point[size] : fitted.shift, slopes);
      std::copy_n(slopes.begin(), dimensions, gradient.begin());
      return value;
    };
    auto const covariance = is_inside(fitted.coordinates)
                                ? Covariance::at_maximum(function, at, steps, sample.count())
                                : std::nullopt;
    std::vector<FittedParameter> found = values_of(fitted);
    for (std::size_t i = 0; i < Density::parameters.size(); ++i) {
      auto const& form = Density::parameters[i];
      if (form.link == Link::smallest)
        found[i].interval = lower_end(sample, fitted);
      else if (covariance)
        found[i].interval = interval(form, fitted.coordinates, *covariance, dimensions);
    }
    if (free_shift && covariance) {
      std::vector<double> weights(dimensions, 0);
      weights.back() = 1;
      double const half = normal_95 * covariance->standard_error(weights);
      found.back().interval = {std::max(0.0, fitted.shift - half),
                               std::min(sample.smallest(), fitted.shift + half)};
      for (std::size_t i = 0; i < Density::parameters.size(); ++i)  // smallest - shift
        if (Density::parameters[i].link == Link::smallest)
          found[i].interval = {sample.smallest() - found.back().interval->high,
                               sample.smallest() - found.back().interval->low};
    }
    return found;
  }

 private:
  static constexpr std::size_t size = Density::size;

  /// False at an end of the box: the likelihood still grows there, and its curvature tells no error.
  static bool is_inside(Coordinates const& at) {
    for (std::size_t i = 0; i < size; ++i)
      if (at[i] < Density::lower[i] + 1e-6 || at[i] > Density::upper[i] - 1e-6) return false;
    return true;
  }

  /// With a shift, from nearly the smallest value and from far below it.
  std::vector<Coordinates> starts(Sample const& sample, double least, Fitted const* near) const {
    if (near != nullptr) return {near->coordinates};
    if (!has_shift_) return {start_at(sample, sample.smallest())};
    std::vector<Coordinates> all;
    for (double const distance : {0.05 * sample.lower_spread(), sample.lower_spread()})
      all.push_back(start_at(sample, std::clamp(distance, least, sample.smallest())));
    return all;
  }

  Coordinates start_at(Sample const& sample, double distance) const {
    auto const start = Density::start(traits_of(sample, has_shift_ ? sample.smallest() - distance : 0));
    Coordinates at(start.begin(), start.end());
    if (has_shift_) at.push_back(std::log(distance));
    return at;
  }

  static Interval interval(ParameterForm<size> const& form, Coordinates const& at,
                           Covariance const& covariance, std::size_t dimensions) {
    std::vector<double> weights(dimensions, 0);
    std::copy(form.weights.begin(), form.weights.end(), weights.begin());
    double centre = 0;
    for (std::size_t j = 0; j < size; ++j) centre += form.weights[j] * at[j];
    double const half = normal_95 * covariance.standard_error(weights);
    return {linked(form.link, centre - half), linked(form.link, centre + half)};
  }

  /// Interval of a scale that is the smallest y: the logarithms of y / scale are exponential.
  static Interval lower_end(Sample const& sample, Fitted const& fitted) {
    double const y = sample.smallest() - fitted.shift;
    double const mean_log = std::exp(-fitted.coordinates[0]);
    return {y * std::exp(-lower_end_bound(sample.count()) * mean_log / (sample.count() - 1)), y};
  }

  bool has_shift_;
};

}  // namespace dsgd::fit
