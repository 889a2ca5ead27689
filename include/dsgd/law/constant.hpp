#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/host_device.hpp"
#include "dsgd/law/shift.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// The constant law: every delay is the same.
struct Constant {
  double value = 1.0;  ///< time units
  double shift = 0.0;  ///< added to every delay, time units

  static constexpr std::string_view name = "constant";
  static constexpr std::string_view meaning = "every delay is value";
  static constexpr bool memoryless = false;

  static constexpr auto parameters() {
    return std::tuple_cat(
        std::make_tuple(Parameter{"value", &Constant::value, 1e-36, 1e36, "the delay, time units"}),
        shift_parameter<Constant>());
  }

  struct Sampler {
    DSGD_HD float excess(std::uint32_t, std::uint32_t) const { return 0.0f; }
    DSGD_HD double at(double) const { return 0.0; }
    DSGD_HD float excess_at(double) const { return 0.0f; }
  };

  Sampler sampler() const { return {}; }
  double origin() const { return value + shift; }
};

}  // namespace dsgd
