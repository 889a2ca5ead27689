// Races on a GPU: their kernels, launched on a stream of the current device.
#include "kernels/race/device.hpp"

#include <memory>

#include "kernels/cuda/cuda_queue.cuh"
#include "kernels/race/launcher.cuh"

namespace dsgd::kernels {
namespace {

class DeviceRaces final : public RaceComputer {
 public:
  void add(RaceTask const& task, IterationRange replications, StopCheck& stop,
           RaceSummary& summary) override {
    launcher_.add(task, replications, stop, summary);
  }

 private:
  RaceLauncher<CudaQueue> launcher_{CudaQueue("following a race")};
};

}  // namespace

std::unique_ptr<RaceComputer> make_device_races() { return std::make_unique<DeviceRaces>(); }

}  // namespace dsgd::kernels
