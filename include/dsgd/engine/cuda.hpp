/// All that the host program knows of CUDA. It is defined in kernels/, with the toolkit or without.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dsgd {

class Engine;
class RaceTask;
class StopCheck;
struct IterationRange;
struct RaceSummary;

struct CudaDevice {
  int ordinal;
  std::string name;
  int major, minor;            ///< compute capability
  std::uint64_t memory_bytes;  ///< of the whole device
};

struct CudaInventory {
  std::string problem;      ///< why no device can be used, one clause; empty when at least one can
  int runtime_version = 0;  ///< 13000 for 13.0; 0 in a build without CUDA
  int driver_version = 0;   ///< latest CUDA that the driver serves; 0 without a driver
  std::vector<CudaDevice> devices;
};

/// What CUDA finds on this machine. Never throws: without a driver or a device, `problem` says so.
CudaInventory cuda_inventory();

/// Engine `cuda`: the fused kernels, on several devices at once.
/// @param ordinals  of the devices to use; an empty list stands for all that there are
/// @param warn      called with one line when a device is left out and others go on
/// @throws Error engine_unavailable without CUDA, driver or device; device on a CUDA error
std::unique_ptr<Engine> make_cuda_engine(std::vector<int> const& ordinals,
                                         std::function<void(std::string const&)> const& warn);

/// Engine `cuda-materialized` on the given device.
/// @param chunk_bytes  device memory for delays; 0 chooses from what is free
/// @throws Error engine_unavailable without CUDA, driver or device; device on any CUDA error
std::unique_ptr<Engine> make_cuda_materialized_engine(int ordinal, std::uint64_t chunk_bytes = 0);

/// Follows the replications of races on a device.
class RaceComputer {
 public:
  virtual ~RaceComputer() = default;

  /// Adds some replications of a task. @throws Stopped; Error device on a CUDA error
  virtual void add(RaceTask const& task, IterationRange replications, StopCheck& stop,
                   RaceSummary& summary) = 0;
};

struct CudaRaces {
  std::unique_ptr<RaceComputer> computer;
  std::string device;  ///< as provenance names it
};

/// Engine `cuda` of races, on the first device.
/// @throws Error engine_unavailable without CUDA, driver or device; device on a CUDA error
CudaRaces make_cuda_races();

/// What a device can do, measured by kernels that do nothing else.
struct CudaCalibration {
  int ordinal;
  unsigned multiprocessors;
  double clock_hertz;                 ///< clock of the multiprocessors while they multiply
  double wide_multiplies_per_second;  ///< two 32-bit words to 64 bits, by all threads together
  double logic_per_second;            ///< functions of three words, bit by bit, by all threads together
  double minima_per_second;           ///< minima of three words, by all threads together
  double copy_bytes_per_second;       ///< in device memory; bytes read and bytes written both count
};

/// Measures a device, in about 0.2 s.
/// @throws Error engine_unavailable where there is no such device; device on a CUDA error
CudaCalibration calibrate_cuda(int ordinal);

}  // namespace dsgd
