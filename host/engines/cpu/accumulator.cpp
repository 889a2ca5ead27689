#include "engines/cpu/accumulator.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <type_traits>
#include <variant>

#include "dsgd/error.hpp"

namespace dsgd {
namespace {

constexpr std::uint32_t max_iterations_at_once = 1024;

/// Do they give the same delays? A false no costs time alone.
bool same(LawSampler const& a, LawSampler const& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&](auto const& law) {
        using Sampler = std::decay_t<decltype(law)>;
        using Bytes = std::array<unsigned char, sizeof(Sampler)>;
        return std::bit_cast<Bytes>(law) == std::bit_cast<Bytes>(std::get<Sampler>(b));
      },
      a);
}

}  // namespace

CpuAccumulator::CpuAccumulator(CpuKernels const& kernels)
    : kernels_(&kernels),
      delays_(kernels, max_iterations_at_once),
      extremes_(kernels, max_iterations_at_once) {}

void CpuAccumulator::operator()(Batch const& batch, IterationRange iterations, std::span<Summary> summaries) {
  tracks_.clear();
  track_of_observable_.clear();
  for (Observable const& observable : batch.observables) track_of_observable_.push_back(track_of(observable));
  while (iterations.count > 0) {
    std::uint64_t const before_wrap = (std::uint64_t{1} << 32) - (iterations.first & 0xffffffff);
    std::uint64_t const count =
        std::min({iterations.count, std::uint64_t{max_iterations_at_once}, before_wrap});
    run(batch, {iterations.first, count}, summaries);
    iterations = {iterations.first + count, iterations.count - count};
  }
}

std::size_t CpuAccumulator::track_of(Observable const& observable) {
  bool const slowest = observable.rank == observable.workers;
  if (!slowest && observable.rank != 1)
    throw Error(ExitCode::usage, "--engine cpu serves the slowest and the fastest worker alone (not rank " +
                                     std::to_string(observable.rank) + "): use --engine reference");
  for (std::size_t t = 0; t < tracks_.size(); ++t)
    if (tracks_[t].slowest == slowest && same(tracks_[t].law, observable.law)) return t;
  tracks_.push_back({observable.law, slowest});
  if (runtimes_.size() < tracks_.size()) runtimes_.emplace_back(*kernels_, max_iterations_at_once);
  return tracks_.size() - 1;
}

void CpuAccumulator::run(Batch const& batch, IterationRange iterations, std::span<Summary> summaries) {
  auto const count = static_cast<std::uint32_t>(iterations.count);
  delays_.start(batch.stream, iterations.first);
  extremes_.start(batch.stream, iterations.first, count);
  for (std::size_t t = 0; t < tracks_.size(); ++t) runtimes_[t].start(tracks_[t].law, count);
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    Observable const& observable = batch.observables[i];
    extremes_.extend_to(observable.workers);
    std::size_t const t = track_of_observable_[i];
    summaries[i].merge(runtimes_[t].of(tracks_[t].slowest ? extremes_.smallest() : extremes_.largest(),
                                       observable.quantum_exponent, delays_));
  }
}

}  // namespace dsgd
