// Every kernel of the project for every law, compiled for the compiler's report on registers and spills, and
// for scripts/count_sass.
#include <tuple>
#include <variant>

#include "dsgd/law/list.hpp"
#include "kernels/cuda/calibration.cuh"
#include "kernels/fused/clocks/bounded_clocks_kernel.cuh"
#include "kernels/fused/clocks/clock_starts_kernel.cuh"
#include "kernels/fused/clocks/clocks_kernel.cuh"
#include "kernels/fused/delays/copies_kernel.cuh"
#include "kernels/fused/delays/fleet_kernels.cuh"
#include "kernels/fused/delays/slowest_sums_kernel.cuh"
#include "kernels/fused/extremes/kernels.cuh"
#include "kernels/fused/sampled/hazards_kernel.cuh"
#include "kernels/fused/selection/selection_kernel.cuh"
#include "kernels/materialized/sampling.cuh"
#include "kernels/race/kernels.cuh"

namespace dsgd::kernels {

// What tests/kernels/CMakeLists.txt tells scripts/count_sass of a turn of the loops.
static_assert(iterations_per_thread == 2);
static_assert(calibration_operations(1) == 128);

template <class Samplers>
struct AllKernels;
template <class... Sampler>
struct AllKernels<std::variant<Sampler...>> {
  /// In groups: a tuple of all of them nests more deeply than compilers follow.
  static auto all() {
    return std::tuple(
        std::tuple(&calibration_kernel<WideMultiply>, &calibration_kernel<Logic>,
                   &calibration_kernel<Minimum>, &prefix_kernel, &slices_kernel, &hazards_kernel,
                   &runtimes_kernel<TickKind>, &runtimes_kernel<DelayKind>, &delay_rank_kernel,
                   &copies_kernel, &clock_windows_kernel),
        std::tuple(
            &selection_kernel<few_words, Extreme::slowest>, &selection_kernel<few_words, Extreme::fastest>,
            &selection_kernel<most_words, Extreme::slowest>, &selection_kernel<most_words, Extreme::fastest>),
        std::tuple(&sample_kernel<Sampler>...), std::tuple(&fused_kernel<Sampler, 1>...),
        std::tuple(&fused_kernel<Sampler, most_fused_kinds<Sampler>>...),
        std::tuple(&runtimes_kernel<WordKind<Sampler>>...),
        std::tuple(&runtimes_kernel<HazardKind<Sampler>>...), std::tuple(&slowest_sums_kernel<Sampler>...),
        std::tuple(&group_delays_kernel<Sampler>...), std::tuple(&clock_starts_kernel<ClockJobs<Sampler>>...),
        std::tuple(&clocks_kernel<ClockJobs<Sampler>>...),
        std::tuple(&clock_starts_kernel<FleetJobs>, &clocks_kernel<FleetJobs>,
                   &bounded_clocks_kernel<FleetJobs>),
        std::tuple(&race_starts_kernel, &race_rounds_kernel, &race_clocks_kernel),
        std::tuple(&clock_starts_kernel<StragglingJobs>, &clocks_kernel<StragglingJobs>,
                   &bounded_clocks_kernel<StragglingJobs>, &clock_starts_kernel<ReplayedJobs>,
                   &clocks_kernel<ReplayedJobs>, &bounded_clocks_kernel<ReplayedJobs>));
  }
};

auto all_kernels() { return AllKernels<LawSampler>::all(); }

}  // namespace dsgd::kernels
