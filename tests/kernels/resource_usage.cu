// Every kernel of the project for every law, compiled for the compiler's report on registers and spills.
#include <tuple>
#include <variant>

#include "dsgd/law/list.hpp"
#include "kernels/sampling.cuh"

namespace dsgd::kernels {

template <class Samplers>
struct AllKernels;
template <class... Sampler>
struct AllKernels<std::variant<Sampler...>> {
  static auto all() { return std::tuple(&sample_kernel<Sampler>...); }
};

auto all_kernels() { return AllKernels<LawSampler>::all(); }

}  // namespace dsgd::kernels
