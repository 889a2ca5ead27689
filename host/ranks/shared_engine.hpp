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

/// Shares the work of a run among all ranks, this one included, as they get free. On rank 0.
class SharedEngine final : public Engine {
 public:
  /// @param own          does this rank's part
  /// @param messenger    outlives this engine
  /// @param fingerprint  of the sweep; ranks that have another are refused
  SharedEngine(std::unique_ptr<Engine> own, Messenger& messenger, std::string fingerprint);

  /// Ranks take part from when they are ready.
  /// @throws Error what another rank's engine threw, naming the rank; usage where it has another sweep
  void run(std::span<Work const> work) override;

  std::string device() const override;

  /// Asked while answers are awaited: should the run end, for want of a rank that will not answer?
  std::function<bool()> interrupted = [] { return false; };

  /// How long answers are awaited once the run is to end: a portion may take long.
  std::chrono::duration<double> last_patience{20};

 private:
  struct Peer;
  class Sharing;

  std::unique_ptr<Engine> own_;
  Messenger& messenger_;
  std::string fingerprint_;
  std::vector<bool> ready_;          ///< by rank
  double seconds_per_draw_ = 5e-10;  ///< of this rank alone; at first a guess
};

}  // namespace dsgd
