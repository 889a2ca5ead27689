/// The error of SGD on a quadratic, update by update.
#pragma once

#include <array>
#include <cstdint>

namespace dsgd::exact {

/// Second moments of one direction of a quadratic: of the model w, and of the models u that the workers have
/// taken and compute gradients of.
struct RaceMoments {
  static constexpr std::size_t count = 4;

  /// E[w^2], E[w u], E[u^2] and E[u u'] of two workers.
  std::array<double, count> value{};

  /// All workers have the same model. @param w  it
  static RaceMoments at_start(double w) { return {{w * w, w * w, w * w, w * w}}; }

  double error() const { return value[0]; }
};

/// What an update makes of the moments: an affine map.
class UpdateOfMoments {
 public:
  /// All gradients of an update are of the newest model: E[w^2] becomes contraction E[w^2] + noise.
  static UpdateOfMoments fresh(double contraction, double noise);

  /// An update takes the gradients of `gradients` of the workers, each subset being equally likely, at the
  /// models that these took at their last update; they then take the new model. So it is under async and
  /// k-async with exponential delays.
  /// @param step   learning rate times curvature, b
  /// @param noise  learning rate^2 times variance of one gradient, s
  /// @pre 1 <= gradients < workers
  static UpdateOfMoments stored(double step, double noise, std::uint64_t workers, std::uint64_t gradients);

  RaceMoments operator()(RaceMoments const& before) const { return apply(before, 1); }

  /// The same for moments that are expectations over an event.
  /// @param probability  of the event
  RaceMoments apply(RaceMoments const& before, double probability) const;

  /// The factor by which moments grow per update in the long run: errors stay bounded where it is below 1.
  double growth() const;

  /// No update makes the largest of the moments, and of `scale`, larger than by this factor. @pre scale > 0
  double largest_growth(double scale) const;

  /// What an update adds to E[w^2].
  double noise() const { return constant_[0]; }

 private:
  using Matrix = std::array<std::array<double, RaceMoments::count>, RaceMoments::count>;

  Matrix linear_{};
  std::array<double, RaceMoments::count> constant_{};
};

/// E[w^2] after so many updates; infinite where it exceeds all numbers.
double error_after(UpdateOfMoments const& update, double start, std::uint64_t updates);

}  // namespace dsgd::exact
