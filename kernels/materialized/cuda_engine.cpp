#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/engine/engine.hpp"
#include "kernels/cuda/cuda_devices.hpp"
#include "kernels/materialized/cuda_backend.hpp"
#include "kernels/materialized/pipeline.hpp"

namespace dsgd {
namespace {

class CudaMaterializedEngine final : public Engine {
 public:
  CudaMaterializedEngine(int ordinal, std::string description, std::uint64_t chunk_bytes)
      : ordinal_(ordinal),
        description_(std::move(description)),
        pipeline_(kernels::CudaBackend{}, chunk_bytes) {}

  void run(std::span<Work const> work) override {
    kernels::enter_device(ordinal_);  // the thread may be another than the one that made the engine
    for (Work const& piece : work) pipeline_.add(*piece.batch, piece.iterations, piece.summaries);
  }

  std::string device() const override { return description_; }

 private:
  int ordinal_;
  std::string description_;
  kernels::MaterializedPipeline<kernels::CudaBackend> pipeline_;
};

}  // namespace

std::unique_ptr<Engine> make_cuda_materialized_engine(int ordinal, std::uint64_t chunk_bytes) {
  CudaInventory const inventory = kernels::require_cuda("cuda-materialized");
  CudaDevice const device = kernels::find_device(inventory, ordinal);
  kernels::enter_device(ordinal);
  kernels::check_kernels_run();
  return std::make_unique<CudaMaterializedEngine>(ordinal, kernels::describe(device, inventory), chunk_bytes);
}

}  // namespace dsgd
