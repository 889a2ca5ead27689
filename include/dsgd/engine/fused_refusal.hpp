/// What the fused kernels serve, with the toolkit or without.
#pragma once

#include <string>
#include <variant>

#include "dsgd/observable.hpp"

namespace dsgd {

/// Why the fused kernels do not serve an observable, one clause; empty where they do.
inline std::string fused_refusal(Observable const& observable) {
  auto const* const clocks = std::get_if<Clocks>(&observable.runtime);
  if (clocks == nullptr) return {};
  if (clocks->served) return "it follows no clocks whose updates pass a server, as their line has no bound";
  if (observable.replay) return "it follows no clocks in the order of measured steps";
  return {};
}

}  // namespace dsgd
