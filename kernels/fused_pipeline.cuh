/// Engine `cuda` on one stream of a device: which kernels compute a block of iterations. Compiled by nvcc for
/// devices, and by the host compiler for tests without one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "block_computer.hpp"
#include "device_tables.hpp"
#include "fused_kernels.cuh"
#include "fused_plan.hpp"
#include "out_of_memory.hpp"

namespace dsgd::kernels {

/// Extremes of words in device memory: some rows of the same length.
template <class Buffer>
class WordRows {
 public:
  /// @param memory  bytes(count, length) long
  WordRows(Buffer memory, std::size_t count, std::uint64_t length)
      : memory_(std::move(memory)), count_(count), length_(length) {}

  static constexpr std::uint64_t bytes(std::size_t count, std::uint64_t length) {
    return 2 * sizeof(std::uint32_t) * count * length;
  }

  std::size_t count() const { return count_; }
  std::uint64_t length() const { return length_; }  ///< of a row, in iterations

  WordRow operator[](std::size_t row) const {
    auto* const words = reinterpret_cast<std::uint32_t*>(memory_.data());
    return {words + row * length_, words + (count_ + row) * length_};
  }

 private:
  Buffer memory_;
  std::size_t count_;
  std::uint64_t length_;
};

/// @tparam Queue  a stream of a device, or what stands for one. It does in order, and need not wait for:
///   Buffer                                            move-only memory of the device, with data()
///   allocate(bytes) -> Buffer                         throws OutOfDeviceMemory
///   launch(columns, rows, threads, kernel, arguments...)  columns x rows blocks of threads
///   fill(memory, byte, bytes)
///   upload(to, from, bytes)                           the source is free again on return
///   download(to, from, bytes)                         waits for all that was queued
///   multiprocessors()
///   words_bytes()                                     memory that may be taken for extremes of words
///   min_words_bytes                                   the least that is tried where memory is refused
template <class Queue>
class FusedPipeline final : public BlockComputer {
 public:
  explicit FusedPipeline(Queue queue) : queue_(std::move(queue)) {}

  void start(Batch const& batch, IterationRange iterations) override {
    stream_ = batch.stream;
    observables_ = batch.observables.size();
    iterations_ = iterations;
    fleets_ = plan_fleets(batch.observables);
    if (fleets_.empty()) return;
    clear_sums();
    if (is_fused())
      launch_fused();
    else
      run_through_memory();
  }

  std::vector<Summary> finish() override {
    if (fleets_.empty()) return {};
    std::vector<TickSums> sums(kinds());
    queue_.download(sums.data(), sums_->data(), sums.size() * sizeof(TickSums));
    std::vector<Summary> summaries(observables_);
    for (PlannedFleet const& fleet : fleets_)
      for (PlannedKind const& kind : fleet.kinds)
        for (std::size_t const i : kind.observables) summaries[i] = sums[kind.number].summary();
    return summaries;
  }

 private:
  using Buffer = typename Queue::Buffer;
  using Rows = WordRows<Buffer>;

  std::size_t kinds() const { return fleets_.back().kinds.back().number + 1; }

  TickSums* sums_of(PlannedKind const& kind) const {
    return reinterpret_cast<TickSums*>(sums_->data()) + kind.number;
  }

  void clear_sums() {
    if (sums_capacity_ < kinds()) {
      sums_.reset();
      sums_capacity_ = 0;  // the next memory may be refused
      sums_.emplace(queue_.allocate(kinds() * sizeof(TickSums)));
      sums_capacity_ = kinds();
    }
    std::vector<TickSums> const nothing(kinds(), no_ticks());
    queue_.upload(sums_->data(), nothing.data(), nothing.size() * sizeof(TickSums));
  }

  LaunchShape shape(LaunchIterations launch) const {
    return launch_shape(launch.count, iterations_per_thread, fused_threads, queue_.multiprocessors());
  }

  unsigned slices(std::uint32_t workers, LaunchShape shape) const {
    return slice_count(workers, shape, queue_.multiprocessors());
  }

  /// The law as it goes to the device, by value.
  template <class Sampler>
  RuntimeKind<Sampler> runtime_kind(PlannedKind const& kind) {
    return {tables_.on_device(queue_, std::get<Sampler>(kind.law)), tick_scale(kind.ticks.quantum_exponent),
            sums_of(kind)};
  }

  /// Can the extremes stay in registers?
  bool is_fused() const {
    std::vector<PlannedKind> const& kinds = fleets_.front().kinds;
    unsigned const most = std::visit([]<class Sampler>(Sampler const&) { return most_fused_kinds<Sampler>; },
                                     kinds.front().law);
    return fleets_.size() == 1 && kinds.size() <= most &&
           kinds.front().law.index() == kinds.back().law.index() &&
           slices(fleets_.front().workers, shape(iterations_)) == 1;
  }

  void launch_fused() {
    std::visit(
        [&]<class Sampler>(Sampler const&) {
          if (fleets_.front().kinds.size() == 1)
            launch_fused<Sampler, 1>();
          else if constexpr (most_fused_kinds<Sampler> == 2)
            launch_fused<Sampler, 2>();
        },
        fleets_.front().kinds.front().law);
  }

  template <class Sampler, unsigned Count>
  void launch_fused() {
    Kinds<ExtremeKind<Sampler>, Count> kinds;
    for (unsigned k = 0; k < Count; ++k) {
      PlannedKind const& kind = fleets_.front().kinds[k];
      kinds.kind[k] = {runtime_kind<Sampler>(kind), kind.ticks.extreme};
    }
    LaunchShape const over = shape(iterations_);
    queue_.launch(over.blocks, 1, over.threads, fused_kernel<Sampler, Count>, stream_, iterations_,
                  fleets_.front().workers, kinds);
  }

  void run_through_memory() {
    reserve_rows();
    for (std::uint64_t done = 0; done < iterations_.count; done += rows_->length())
      run_chunk({iterations_.first + done, std::min(rows_->length(), iterations_.count - done)});
  }

  /// Where memory is refused, tries half of it. Nothing was launched yet.
  void reserve_rows() {
    std::size_t const count = std::min<std::size_t>(fleets_.size(), rows_per_launch);
    if (words_bytes_ == 0) words_bytes_ = std::max(queue_.words_bytes(), Queue::min_words_bytes);
    for (;;) {
      std::uint64_t const affordable = std::max<std::uint64_t>(words_bytes_ / Rows::bytes(count, 32), 1) * 32;
      std::uint64_t const useful = (iterations_.count + 31) / 32 * 32;  // rows begin on whole cache lines
      std::uint64_t const length = std::min(affordable, useful);
      if (rows_ && rows_->count() == count && rows_->length() >= length) return;
      rows_.reset();
      try {
        rows_.emplace(queue_.allocate(Rows::bytes(count, length)), count, length);
        return;
      } catch (OutOfDeviceMemory const&) {
        if (words_bytes_ <= Queue::min_words_bytes) throw;
        words_bytes_ = std::max(words_bytes_ / 2, Queue::min_words_bytes);
      }
    }
  }

  /// Takes the workers of one fleet after the other, and makes runtimes of the extremes at each.
  void run_chunk(LaunchIterations launch) {
    LaunchShape const over = shape(launch);
    std::uint32_t taken = 0;  ///< workers whose extremes are in row `last`
    std::size_t last = 0;
    for (std::size_t begin = 0; begin < fleets_.size();) {
      std::size_t end = begin + 1;
      if (slices(fleets_[begin].workers - taken, over) > 1) {
        launch_slices(launch, taken, fleets_[begin].workers, (*rows_)[last]);
        launch_runtimes(launch, begin, end, last);
      } else {
        while (end < fleets_.size() && end - begin < rows_->count() &&
               slices(fleets_[end].workers - fleets_[end - 1].workers, over) == 1)
          ++end;
        launch_prefix(launch, taken, (*rows_)[last], begin, end);
        launch_runtimes(launch, begin, end, 0);
        last = end - begin - 1;
      }
      taken = fleets_[end - 1].workers;
      begin = end;
    }
  }

  void launch_slices(LaunchIterations launch, std::uint32_t first, std::uint32_t last, WordRow row) {
    if (first == 0) {
      queue_.fill(row.smallest, 0xff, launch.count * sizeof(std::uint32_t));
      queue_.fill(row.largest, 0, launch.count * sizeof(std::uint32_t));
    }
    LaunchShape const over = shape(launch);
    std::uint32_t const blocks = (last + 3) / 4 - first / 4;
    unsigned const most = slices(last - first, over);
    std::uint32_t const slice_blocks = (blocks + most - 1) / most;
    queue_.launch(over.blocks, (blocks + slice_blocks - 1) / slice_blocks, over.threads, slices_kernel,
                  stream_, launch, first, last, slice_blocks, row);
  }

  /// Rows 0 .. end - begin - 1 for fleets begin .. end - 1.
  void launch_prefix(LaunchIterations launch, std::uint32_t taken, WordRow before, std::size_t begin,
                     std::size_t end) {
    FleetSizes sizes{static_cast<std::uint32_t>(end - begin), {}};
    for (std::size_t f = begin; f < end; ++f) sizes.workers[f - begin] = fleets_[f].workers;
    LaunchShape const over = shape(launch);
    queue_.launch(over.blocks, 1, over.threads, prefix_kernel, stream_, launch, taken, before, sizes,
                  (*rows_)[0], rows_->length());
  }

  /// Of fleets begin .. end - 1, whose extremes are in row first_row and after.
  void launch_runtimes(LaunchIterations launch, std::size_t begin, std::size_t end, std::size_t first_row) {
    [&]<std::size_t... Law>(std::index_sequence<Law...>) {
      (launch_runtimes_of<std::variant_alternative_t<Law, LawSampler>>(launch, begin, end, first_row), ...);
    }
    (std::make_index_sequence<std::variant_size_v<LawSampler>>{});
  }

  template <class Sampler>
  void launch_runtimes_of(LaunchIterations launch, std::size_t begin, std::size_t end,
                          std::size_t first_row) {
    Kinds<WordKind<Sampler>, kinds_per_launch> kinds{};
    unsigned count = 0;
    auto const flush = [&] {
      if (count == 0) return;
      LaunchShape const over = shape(launch);
      queue_.launch(over.blocks, count, over.threads, runtimes_kernel<Sampler>, stream_, launch, kinds);
      count = 0;
    };
    for (std::size_t f = begin; f < end; ++f)
      for (PlannedKind const& kind : fleets_[f].kinds) {
        if (!std::holds_alternative<Sampler>(kind.law)) continue;
        WordRow const row = (*rows_)[first_row + f - begin];
        kinds.kind[count++] = {runtime_kind<Sampler>(kind),
                               kind.ticks.extreme == Extreme::slowest ? row.smallest : row.largest};
        if (count == kinds_per_launch) flush();
      }
    flush();
  }

  Queue queue_;
  DeviceTables<Buffer> tables_;
  std::uint64_t words_bytes_ = 0;  ///< 0 until the queue is asked
  std::optional<Buffer> sums_;
  std::size_t sums_capacity_ = 0;  ///< in kinds
  std::optional<Rows> rows_;

  Stream stream_{};
  std::size_t observables_ = 0;
  IterationRange iterations_{};
  std::vector<PlannedFleet> fleets_;
};

}  // namespace dsgd::kernels
