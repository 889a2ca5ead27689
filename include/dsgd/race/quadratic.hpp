/// The model whose training is raced: a quadratic loss, of which everything can be known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "dsgd/host_device.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// The loss sum over directions of curvature w^2 / 2, whose minimum is 0 at w = 0. In each direction the
/// gradient of one mini-batch has normal noise of its own.
///
/// Workers may have data of their own: worker i then has the curvatures a (1 + spread s_i) and a minimum at
/// c_i, where s_i is +1 for even and -1 for odd workers, and 0 for the last of an odd number. The mean of the
/// workers' losses has the curvatures a and its minimum at 0, whatever the number of workers.
struct Quadratic {
  std::string curvature = "1";  ///< the curvatures, as they are written
  double noise = 1;             ///< standard deviation of a mini-batch's gradient in each direction, >= 0
  double start = 1;             ///< w at time 0 in each direction, >= 0
  double minima = 0;            ///< distance of the workers' minima from their middle, >= 0
  double spread = 0;            ///< relative, of the workers' curvatures, in [0, 1)
  std::vector<double> curvatures{1};  ///< a, one per direction, > 0

  static constexpr std::string_view name = "quadratic";
  static constexpr std::string_view meaning = "sum of curvature w^2/2 over directions";
  static constexpr auto parameters() {
    using enum Presence;
    return std::make_tuple(
        Parameter{"curvature", &Quadratic::curvature, 0, 0, "one per direction, commas between them [1]",
                  optional},
        Parameter{"noise", &Quadratic::noise, 0, 1e12,
                  "standard deviation of a mini-batch's gradient in each direction [1]", optional},
        Parameter{"start", &Quadratic::start, 0, 1e12, "w at time 0 in each direction [1]", optional},
        Parameter{"minima", &Quadratic::minima, 0, 1e12,
                  "distance of the workers' own minima from their middle, to either side [0]", optional},
        Parameter{"spread", &Quadratic::spread, 0, 0.99,
                  "of the workers' own curvatures, relative, to either side [0]", optional});
  }
  bool shows(std::string_view key) const {
    return (key != "minima" || minima != 0) && (key != "spread" || spread != 0);
  }

  /// The most directions.
  static constexpr std::size_t max_directions = 64;

  /// True where all workers have the same loss.
  bool is_common() const { return minima == 0 && spread == 0; }

  /// s_i of a worker.
  static DSGD_HD constexpr int side(std::uint64_t worker, std::uint64_t workers) {
    if (workers % 2 == 1 && worker + 1 == workers) return 0;
    return worker % 2 == 0 ? 1 : -1;
  }

  /// c_i of the workers of a side. They are shifted such that sum a_i c_i = 0.
  double minimum_of(int side, std::uint64_t workers) const {
    double const two_sided = static_cast<double>(workers - workers % 2) / static_cast<double>(workers);
    return minima * (side - spread * two_sided);
  }

  /// The curvature of the workers of a side, as a factor.
  double factor_of(int side) const { return 1 + spread * side; }

  /// The loss of a model. @param w  one per direction
  double error(double const* w) const {
    double error = 0;
    for (std::size_t j = 0; j < curvatures.size(); ++j) error += curvatures[j] * 0.5 * (w[j] * w[j]);
    return error;
  }
};

/// Reads the list of curvatures, and looks whether there is anything to train. Declared beside it, so that whoever fills it in from a spec finds it.
/// @throws Error usage
void complete(Quadratic& model);

}  // namespace dsgd
