/// The list of strategies. The command line and the writers iterate over it: to add a strategy, write its
/// header and add its name here.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "dsgd/law/list.hpp"
#include "dsgd/strategy/async.hpp"
#include "dsgd/strategy/fastest.hpp"
#include "dsgd/strategy/sync.hpp"

namespace dsgd {

using Strategy = std::variant<Sync, Async, Fastest>;

/// Which order statistic of fresh delays the runtime is; 1 = fastest, `workers` = slowest. Nothing where it
/// is none.
inline std::optional<std::uint32_t> rank(Strategy const& strategy, Law const& law, std::uint32_t workers) {
  return std::visit([&](auto const& s, auto const& l) { return s.rank(l, workers); }, strategy, law);
}

/// Mini-batches that enter an update.
inline std::uint32_t gradients(Strategy const& strategy, std::uint32_t workers) {
  return std::visit([&](auto const& s) { return s.gradients(workers); }, strategy);
}

}  // namespace dsgd
