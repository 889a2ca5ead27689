#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "ranks/messenger.hpp"

namespace dsgd {

/// Engine of rank 0: shares the work of a run among all ranks, this one included, as they get free.
class SharedEngine final : public Engine {
 public:
  /// @param own          does this rank's part
  /// @param messenger    outlives this engine
  /// @param fingerprint  fingerprint of the sweep; ranks that have another are refused
  SharedEngine(std::unique_ptr<Engine> own, Messenger& messenger, std::string fingerprint);

  /// Runs work on all ranks, each from the moment it is ready.
  /// @throws Error what another rank's engine threw, naming the rank; usage where it has another sweep
  void run(std::span<Work const> work) override;

  std::string device() const override;

  /// Asked while answers are awaited: true where the run is to end, even if some rank will not answer.
  std::function<bool()> interrupted = [] { return false; };

  /// How long answers are awaited once the run is to end: a portion may take long.
  std::chrono::duration<double> last_patience{20};

 private:
  class Sharing;

  std::unique_ptr<Engine> own_;
  Messenger& messenger_;
  std::string fingerprint_;
  std::vector<bool> ready_;          ///< [rank]
  double seconds_per_draw_ = 5e-10;  ///< of this rank alone; a guess at first
};

}  // namespace dsgd
