/// The list of strategies. The command line and the writers iterate over it: to add a strategy, write its
/// header and add its name here.
#pragma once

#include <cstdint>
#include <variant>

#include "dsgd/expects.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/strategy/async.hpp"
#include "dsgd/strategy/backup.hpp"
#include "dsgd/strategy/deadline.hpp"
#include "dsgd/strategy/fastest.hpp"
#include "dsgd/strategy/gradient_coding.hpp"
#include "dsgd/strategy/k_async.hpp"
#include "dsgd/strategy/k_batch_async.hpp"
#include "dsgd/strategy/k_batch_sync.hpp"
#include "dsgd/strategy/k_sync.hpp"
#include "dsgd/strategy/local_sgd.hpp"
#include "dsgd/strategy/speculate.hpp"
#include "dsgd/strategy/ssp.hpp"
#include "dsgd/strategy/sync.hpp"

namespace dsgd {

using Strategy = std::variant<Sync, Async, Fastest, KSync, Backup, KBatchSync, KAsync, KBatchAsync, LocalSgd,
                              GradientCoding, Ssp, Deadline, Speculate>;

/// True where so many workers can follow the strategy: it does not wait for more of them than there are.
inline bool fits(Strategy const& strategy, std::uint64_t workers) {
  return std::visit(
      [&](auto const& s) {
        if constexpr (requires { s.fits(workers); }) return s.fits(workers);
        return true;
      },
      strategy);
}

namespace detail {

/// All that the form of a runtime depends on of a law. In place of the laws themselves: compilers take long
/// over every pair of a strategy and a law.
template <bool is_memoryless>
struct AnyLaw {
  static constexpr bool memoryless = is_memoryless;
};

}  // namespace detail

/// The form of the strategy's runtime.
/// @param without_memory  are the delays?
/// @pre fits(strategy, workers)
inline Runtime runtime(Strategy const& strategy, bool without_memory, std::uint64_t workers) {
  DSGD_EXPECTS(fits(strategy, workers));
  auto const under = [&](auto const& any) {
    return std::visit([&](auto const& s) { return s.runtime(any, workers); }, strategy);
  };
  return without_memory ? under(detail::AnyLaw<true>{}) : under(detail::AnyLaw<false>{});
}

inline Runtime runtime(Strategy const& strategy, Law const& law, std::uint64_t workers) {
  return runtime(strategy, memoryless(law), workers);
}

/// Mini-batches that enter an update, the fewest where that is random. @pre fits(strategy, workers)
inline std::uint64_t gradients(Strategy const& strategy, std::uint64_t workers) {
  DSGD_EXPECTS(fits(strategy, workers));
  return std::visit([&](auto const& s) { return s.gradients(workers); }, strategy);
}

/// Share of a delay that a worker's part of the data takes; 1 where each does a mini-batch of its own.
inline double scale(Strategy const& strategy, std::uint64_t workers) {
  return std::visit(
      [&](auto const& s) {
        if constexpr (requires { s.scale(workers); }) return s.scale(workers);
        return 1.0;
      },
      strategy);
}

/// Time that a meeting takes by a parameter of the strategy; 0 where it has none.
inline double communication(Strategy const& strategy) {
  return std::visit(
      [](auto const& s) {
        if constexpr (requires { s.communication; }) return s.communication;
        return 0.0;
      },
      strategy);
}

/// True where all workers meet at an update: communication then takes its time once per update.
inline bool meets(Strategy const& strategy) {
  return std::visit([](auto const& s) { return s.meets; }, strategy);
}

}  // namespace dsgd
