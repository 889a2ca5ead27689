#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "kernels/cuda/device_tables.hpp"
#include "kernels/cuda/growing_memory.hpp"
#include "kernels/fused/plan.hpp"
#include "kernels/fused/runtimes/kernels.cuh"
#include "kernels/sums/bin_counts.cuh"

namespace dsgd::kernels {

/// Sums and histograms of the kinds of runtimes of a block of iterations, in device memory.
template <class Queue>
class RuntimeTotals {
 public:
  using Buffer = typename Queue::Buffer;

  /// Zeroes the device's sums and histograms for these fleets. @throws OutOfDeviceMemory
  void start(Queue const& queue, std::vector<PlannedFleet> const& fleets) {
    kinds_ = fleets.back().kinds.back().number + 1;
    std::vector<TickSums> const nothing(kinds_, no_ticks());
    sums_.reserve(queue, kinds_ * sizeof(TickSums));
    queue.upload(sums_.data(), nothing.data(), nothing.size() * sizeof(TickSums));
    has_bins_ = false;
    for (PlannedFleet const& fleet : fleets)
      for (PlannedKind const& kind : fleet.kinds) has_bins_ = has_bins_ || kind.histogram;
    if (!has_bins_) return;
    bins_.reserve(queue, bins_bytes());
    queue.fill(bins_.data(), 0, bins_bytes());
  }

  TickSums* sums(PlannedKind const& kind) const {
    return reinterpret_cast<TickSums*>(sums_.data()) + kind.number;
  }

  BinCounts bins(PlannedKind const& kind) const {
    if (!kind.histogram) return {nullptr, 0, 0};
    return bin_counts(reinterpret_cast<unsigned*>(bins_.data()) + kind.number * histogram_bins,
                      kind.quantum_exponent, kind.histogram_origin);
  }

  /// A kind as it goes to the device, by value.
  template <class Sampler>
  RuntimeKind<Sampler> runtime(Queue const& queue, PlannedKind const& kind) {
    return {law<Sampler>(queue, kind.law()), tick_scale(kind.quantum_exponent), sums(kind)};
  }

  /// The law as kernels evaluate it.
  template <class Sampler>
  Sampler law(Queue const& queue, LawSampler const& law) {
    return tables_.on_device(queue, std::get<Sampler>(law));
  }

  /// Waits for all that was queued, and takes over sums and histograms.
  void finish(Queue const& queue, std::vector<PlannedFleet> const& fleets, std::vector<Summary>& summaries) {
    std::vector<TickSums> sums(kinds_);
    std::vector<unsigned> counts(has_bins_ ? kinds_ * histogram_bins : 0);
    queue.download(sums.data(), sums_.data(), sums.size() * sizeof(TickSums));
    if (has_bins_) queue.download(counts.data(), bins_.data(), bins_bytes());
    for (PlannedFleet const& fleet : fleets)
      for (PlannedKind const& kind : fleet.kinds) {
        Histogram const histogram =
            kind.histogram ? histogram_of(counts.data() + kind.number * histogram_bins) : Histogram{};
        for (std::size_t const i : kind.observables) {
          summaries[i] = sums[kind.number].summary();
          summaries[i].histogram = histogram;
        }
      }
  }

 private:
  std::uint64_t bins_bytes() const { return std::uint64_t{kinds_} * histogram_bins * sizeof(unsigned); }

  static Histogram histogram_of(unsigned const* counts) {
    Histogram histogram;
    for (std::uint32_t bin = 0; bin < histogram_bins; ++bin)
      if (counts[bin] != 0) histogram.add_to_bin(bin, counts[bin]);
    return histogram;
  }

  DeviceTables<Buffer> tables_;
  GrowingMemory<Queue> sums_, bins_;
  std::size_t kinds_ = 0;
  bool has_bins_ = false;
};

}  // namespace dsgd::kernels
