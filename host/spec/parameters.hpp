/// The parameters that a law or strategy declares, one after the other.
#pragma once

#include <tuple>

namespace dsgd {

/// function(parameter) for each parameter of T, in their order.
template <class T, class Function>
void for_each_parameter(Function&& function) {
  std::apply([&](auto const&... parameter) { (function(parameter), ...); }, T::parameters());
}

}  // namespace dsgd
