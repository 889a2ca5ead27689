/// What the fused kernels serve, with the toolkit or without.
#pragma once

#include <string>
#include <variant>

#include "dsgd/observable.hpp"

namespace dsgd {

/// Why the fused kernels do not serve an observable, one clause; empty where they do.
inline std::string fused_refusal(Observable const& observable) {
  if (std::holds_alternative<Deadlined>(observable.runtime)) return "it has no deadlines";
  if (std::holds_alternative<Copied>(observable.runtime)) return "it has no copies of workers";
  auto const* const clocks = std::get_if<Clocks>(&observable.runtime);
  if (clocks == nullptr) return {};
  if (clocks->served) return "it follows no clocks whose updates pass a server";
  if (clocks->straggles) return "it has no workers that are slow for a while";
  if (observable.replay) return "it follows no clocks in the order of measured steps";
  if (!next_job(clocks->rule)) return "it follows no clocks where workers look at each other's";
  return {};
}

}  // namespace dsgd
