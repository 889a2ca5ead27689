#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/engine/engine.hpp"
#include "dsgd/error.hpp"
#include "kernels/cuda/cuda_devices.hpp"
#include "kernels/fused/device.hpp"
#include "kernels/fused/device_team.hpp"

namespace dsgd {
namespace {

using kernels::DeviceTeam;

class CudaEngine final : public Engine {
 public:
  CudaEngine(DeviceTeam team, std::string description)
      : team_(std::move(team)), description_(std::move(description)) {}

  void run(std::span<Work const> work) override { team_.run(work); }
  std::string device() const override { return description_; }

  /// Each thread of a device follows one replication: fewer leave most of the device idle.
  std::uint64_t replications_at_once() const override { return 8192; }

 private:
  DeviceTeam team_;
  std::string description_;
};

std::string short_name(CudaDevice const& device) {
  return "device " + std::to_string(device.ordinal) + " (" + device.name + ")";
}

/// A device with two streams: while the last threads of one block end, those of the next begin.
DeviceTeam::Member make_member(CudaDevice const& device) {
  kernels::enter_device(device.ordinal);
  kernels::check_kernels_run();
  DeviceTeam::Member member{
      short_name(device), [ordinal = device.ordinal] { kernels::enter_device(ordinal); }, {}};
  for (int slot = 0; slot < 2; ++slot) member.slots.push_back(kernels::make_fused_computer());
  return member;
}

}  // namespace

std::unique_ptr<Engine> make_cuda_engine(std::vector<int> const& ordinals,
                                         std::function<void(std::string const&)> const& warn) {
  CudaInventory const inventory = kernels::require_cuda("cuda");
  std::vector<CudaDevice> devices;
  devices.reserve(ordinals.size());
  for (int const ordinal : ordinals) devices.push_back(kernels::find_device(inventory, ordinal));
  bool const is_chosen = !devices.empty();
  if (!is_chosen) devices = inventory.devices;

  std::vector<DeviceTeam::Member> members;
  std::string description;
  std::optional<Error> unusable;
  for (CudaDevice const& device : devices) {
    try {
      members.push_back(make_member(device));
      description += (description.empty() ? "" : "; ") + kernels::describe(device, inventory);
    } catch (Error const& error) {
      if (is_chosen) throw;
      unusable = error;
      if (devices.size() > 1) warn(short_name(device) + " is left out: " + error.what());
    }
  }
  if (members.empty()) throw Error(unusable.value());
  return std::make_unique<CudaEngine>(DeviceTeam(std::move(members), warn), description);
}

}  // namespace dsgd
