/// The parameter that all laws have: what is added to every delay.
#pragma once

#include <tuple>

#include "dsgd/parameter.hpp"

namespace dsgd {

/// @tparam L  a law with a member `double shift`
template <class L>
constexpr auto shift_parameter() {
  return std::make_tuple(
      Parameter{"shift", &L::shift, 0.0, 1e36, "added to every delay, time units", Presence::implied});
}

}  // namespace dsgd
