// Every kernel of the project for every law, compiled for the compiler's report on registers and spills, and
// for scripts/count_sass.
#include <tuple>
#include <variant>

#include "dsgd/law/list.hpp"
#include "kernels/fused_kernels.cuh"
#include "kernels/sampling.cuh"

namespace dsgd::kernels {

static_assert(iterations_per_thread == 2,
              "a turn of the inner loop makes two blocks: tell the test inner_loop");

template <class Samplers>
struct AllKernels;
template <class... Sampler>
struct AllKernels<std::variant<Sampler...>> {
  static auto all() {
    return std::tuple(&prefix_kernel, &slices_kernel, &sample_kernel<Sampler>...,
                      &fused_kernel<Sampler, 1>..., &fused_kernel<Sampler, 2>...,
                      &runtimes_kernel<Sampler>...);
  }
};

auto all_kernels() { return AllKernels<LawSampler>::all(); }

}  // namespace dsgd::kernels
