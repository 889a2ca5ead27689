/// This process among those of its launch.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "dsgd/engine/engine.hpp"
#include "dsgd/planned_point.hpp"
#include "ranks/launch.hpp"
#include "ranks/messenger.hpp"

namespace dsgd {

/// How a process ends.
struct Outcome {
  int code = 0;         ///< exit code
  std::string message;  ///< for stderr, one line; empty where there is nothing to say
};

/// One process alone, unless mpirun started several: then rank 0 does everything and the others serve it.
class Ranks {
 public:
  /// Connects with the others, where there are any; ranks other than 0 print nothing from then on.
  /// @throws Error engine_unavailable
  explicit Ranks(std::optional<Launch> const& launch);

  /// True where this process was started by itself, or as the only one of a launch.
  bool alone() const { return messenger_ == nullptr || messenger_->size() == 1; }

  /// True on a rank that serves rank 0.
  bool serving() const { return messenger_ != nullptr && messenger_->rank() != 0; }

  /// Gives rank 0 an engine that shares its work with the other ranks; `own` itself where there are none.
  /// @param points       points of the sweep, which batches name by their numbers
  /// @param interrupted  see SharedEngine::interrupted
  std::unique_ptr<Engine> share(
      std::unique_ptr<Engine> own, std::span<PlannedPoint const> points,
      std::function<bool()> interrupted = [] { return false; });

  /// Computes, on the other ranks, what rank 0 orders, until it says that the launch ends.
  void serve(std::span<PlannedPoint const> points, Engine& engine);

  /// Ends the launch. This is the last call on every rank. Rank 0 tells the others its exit code.
  /// @param print  called with the failure of another rank where rank 0 has none
  /// @return the exit code of the process
  int end(Outcome const& own, std::function<void(std::string const&)> const& print);

  /// Ends the launch where end() could not; nothing happens where this process is alone.
  void abort(int code);

 private:
  Outcome dismiss_others(int code);

  std::unique_ptr<Messenger> messenger_;  ///< none where this process is alone
  std::optional<int> end_;                ///< exit code of the launch, once rank 0 said it
};

}  // namespace dsgd
