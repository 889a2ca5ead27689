/// What an update does to a model: the arithmetic that every engine has in common. Sums are taken in a fixed
/// order and fused only where fma() is written, so that all engines give the same bits.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/race/point.hpp"

namespace dsgd {

/// A gradient of a worker in one direction, times the learning rate: slope u - pull.
struct RaceGradient {
  double slope, pull;

  DSGD_HD double of(double model) const { return std::fma(slope, model, -pull); }
};

/// The gradients of workers by their side in one direction.
struct RaceDirection {
  RaceGradient by_side[3];  ///< of sides -1, 0 and 1
  RaceGradient of_all;      ///< the mean over all workers

  DSGD_HD RaceGradient const& of(int side) const { return by_side[side + 1]; }
};

/// The directions of a model under a learning rate.
/// @param workers  whose minima and curvatures are told apart
inline std::vector<RaceDirection> race_directions(Quadratic const& model, double learning_rate,
                                                  std::uint64_t workers) {
  std::vector<RaceDirection> directions;
  for (double const curvature : model.curvatures) {
    RaceDirection direction{{}, {learning_rate * curvature, 0}};
    for (int const side : {-1, 0, 1}) {
      double const slope = learning_rate * curvature * model.factor_of(side);
      direction.by_side[side + 1] = {slope, slope * model.minimum_of(side, workers)};
    }
    directions.push_back(direction);
  }
  return directions;
}

/// Standard deviation of the noise that an update adds in each direction. The sum of the normal noises of its
/// gradients is one normal variable: it is drawn once per update.
DSGD_HD double noise_of_update(double noise, double learning_rate, std::uint64_t gradients) {
  DSGD_EXPECTS(gradients >= 1);
  return learning_rate * noise / std::sqrt(static_cast<double>(gradients));
}

/// What a sum of gradients is multiplied by.
DSGD_HD double average_of(std::uint64_t gradients) { return 1 / static_cast<double>(gradients); }

/// The model after an update.
/// @param sum      of the gradients that enter it, times the learning rate
/// @param average  1 / their number
/// @param z        standard normal
DSGD_HD double updated(double model, double sum, double average, double noise, double z) {
  return std::fma(noise, z, model - sum * average);
}

/// A round of local SGD in one direction: the mean of the workers' models after some steps of their own, as
/// every step is linear, is factor w + offset + noise z.
struct RaceRound {
  double factor, offset, noise;

  DSGD_HD double operator()(double model, double z) const {
    return std::fma(noise, z, std::fma(factor, model, offset));
  }
};

/// @param steps  of each worker, >= 1
inline std::vector<RaceRound> race_rounds(Quadratic const& model, double learning_rate, std::uint64_t workers,
                                          std::uint32_t steps) {
  std::vector<RaceRound> rounds;
  for (double const curvature : model.curvatures) {
    RaceRound round{0, 0, 0};
    double squares = 0;
    for (int const side : {-1, 0, 1}) {
      std::uint64_t const pairs = workers / 2;
      double const share = (side == 0 ? static_cast<double>(workers % 2) : static_cast<double>(pairs)) /
                           static_cast<double>(workers);
      double const left = 1 - learning_rate * curvature * model.factor_of(side);
      double power = 1, sum = 0;
      for (std::uint32_t step = 0; step < steps; ++step) {
        sum += power * power;
        power *= left;
      }
      round.factor += share * power;
      round.offset += share * (1 - power) * model.minimum_of(side, workers);
      squares += share * sum;
    }
    round.noise = noise_of_update(model.noise, learning_rate, workers) * std::sqrt(squares);
    rounds.push_back(round);
  }
  return rounds;
}

}  // namespace dsgd
