#include <cuda_runtime_api.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "cuda_backend.hpp"
#include "cuda_error.hpp"
#include "dsgd/cuda.hpp"
#include "dsgd/error.hpp"
#include "materialized_pipeline.hpp"

namespace dsgd {
namespace {

class CudaMaterializedEngine final : public Engine {
 public:
  CudaMaterializedEngine(CudaDevice device, int driver_version, std::uint64_t chunk_bytes)
      : device_(std::move(device)),
        driver_version_(driver_version),
        pipeline_(kernels::CudaBackend{}, chunk_bytes) {}

  void run(std::span<Work const> work) override {
    // the current device belongs to the thread, and this may be another than the one that made the engine
    kernels::check_cuda(cudaSetDevice(device_.ordinal), "cudaSetDevice", "choosing the device");
    for (Work const& piece : work) pipeline_.add(*piece.batch, piece.iterations, piece.summaries);
  }

  std::string device() const override {
    return device_.name + " (device " + std::to_string(device_.ordinal) + ", sm_" +
           std::to_string(device_.major) + std::to_string(device_.minor) + ", driver for CUDA " +
           std::to_string(driver_version_ / 1000) + "." + std::to_string(driver_version_ % 1000 / 10) + ")";
  }

 private:
  CudaDevice device_;
  int driver_version_;  ///< 13020 is 13.2
  kernels::MaterializedPipeline<kernels::CudaBackend> pipeline_;
};

}  // namespace

std::unique_ptr<Engine> make_cuda_materialized_engine(int ordinal, std::uint64_t chunk_bytes) {
  CudaInventory const inventory = cuda_inventory();
  if (!inventory.problem.empty())
    throw Error(ExitCode::engine_unavailable,
                "--engine cuda-materialized is not available (" + inventory.problem + "): use --engine cpu");
  for (CudaDevice const& device : inventory.devices) {
    if (device.ordinal != ordinal) continue;
    kernels::check_cuda(cudaSetDevice(ordinal), "cudaSetDevice", "choosing the device");
    kernels::check_kernels_run();
    return std::make_unique<CudaMaterializedEngine>(device, inventory.driver_version, chunk_bytes);
  }
  throw Error(ExitCode::engine_unavailable,
              "--devices: there is no device " + std::to_string(ordinal) + " (this machine has " +
                  std::to_string(inventory.devices.size()) + ", counted from 0): look at `dsgd devices`");
}

}  // namespace dsgd
