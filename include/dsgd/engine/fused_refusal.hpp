/// What the fused kernels serve, with the toolkit or without.
#pragma once

#include <string>
#include <variant>

#include "dsgd/observable.hpp"

namespace dsgd {

/// Why the fused kernels do not serve an observable, one clause; empty where they do.
inline std::string fused_refusal(Observable const& observable) {
  auto const* const clocks = std::get_if<Clocks>(&observable.runtime);
  if (clocks == nullptr || !clocks->served) return {};
  return "it follows no clocks whose updates pass a server, as their line has no bound";
}

}  // namespace dsgd
