// What the host program knows of CUDA, in a build without a CUDA Toolkit.
#include <cstdint>
#include <memory>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/engine/engine.hpp"
#include "dsgd/error.hpp"

namespace dsgd {

CudaInventory cuda_inventory() {
  CudaInventory inventory;
  inventory.problem = "built without CUDA";
  return inventory;
}

std::unique_ptr<Engine> make_cuda_engine(std::vector<int> const&,
                                         std::function<void(std::string const&)> const&) {
  throw Error(ExitCode::engine_unavailable, "--engine cuda is not available", "built without CUDA",
              "use --engine cpu, or build where a CUDA Toolkit is installed");
}

CudaRaces make_cuda_races() {
  throw Error(ExitCode::engine_unavailable, "--engine cuda is not available", "built without CUDA",
              "use --engine cpu, or build where a CUDA Toolkit is installed");
}

CudaCalibration calibrate_cuda(int) {
  throw Error(ExitCode::engine_unavailable, "no GPU can be calibrated", "built without CUDA",
              "build where a CUDA Toolkit is installed");
}

std::unique_ptr<Engine> make_cuda_materialized_engine(int, std::uint64_t) {
  throw Error(ExitCode::engine_unavailable, "--engine cuda-materialized is not available",
              "built without CUDA",
              "use --engine cpu-materialized, or build where a CUDA Toolkit is installed");
}

}  // namespace dsgd
