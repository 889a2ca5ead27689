"""The faults that scripts/mutate --device plants in kernels and in what launches them; the tests of tests/emulated_gpu must notice
them."""

from typing import NamedTuple


class Fault(NamedTuple):
    file: str
    text: str
    replacement: str
    what: str
    tests: tuple[str, ...]  # files in tests/emulated_gpu/checks
    part: str = "device"  # what nvcc makes PTX of; or "host"


SWEEPS, CALLS = ("sweeps_test.py",), ("failing_calls_test.py",)

FUSED, MATERIALIZED, SUMS, CUDA, RACE = "kernels/fused/", "kernels/materialized/", "kernels/sums/", "kernels/cuda/", "kernels/race/"

KERNEL_FAULTS = [
    # indices
    Fault(FUSED + "iterations.cuh", "return offset_ + i * blockDim.x;", "return offset_ + i;", "a thread takes its neighbour's iteration", SWEEPS),
    Fault(FUSED + "iterations.cuh", "return offset(i) < launch_.count;", "return offset(i) <= launch_.count;", "an iteration too many", SWEEPS),
    Fault(FUSED + "iterations.cuh", "begin += gridDim.x * turn)", "begin += (gridDim.x + 1) * turn)", "every second turn skips a block's iterations", SWEEPS),
    Fault(FUSED + "iterations.cuh", "row.largest[offset] = extremes_[i].largest;", "row.largest[offset] = extremes_[i].smallest;",
          "the smallest word in the row of the largest", SWEEPS),
    Fault(FUSED + "iterations.cuh", "if (iterations_.exists(i)) extremes_[i] = {", "extremes_[i] = {", "reads beyond the last iteration", SWEEPS),
    Fault(FUSED + "runtimes/kernels.cuh", "kinds.kind[blockIdx.y]", "kinds.kind[blockIdx.x]", "the kind of a block by the wrong index", SWEEPS),
    Fault(FUSED + "extremes/kernels.cuh", "extremes.take_blocks(0, workers / 4);", "extremes.take_blocks(0, (workers - 1) / 4);",
          "the last block of workers is lost", SWEEPS),
    Fault(FUSED + "extremes/kernels.cuh", "extremes.take_blocks(begin, end < whole ? end : whole);", "extremes.take_blocks(begin, end);",
          "the last slice takes workers that are not there", SWEEPS),
    Fault(FUSED + "extremes/kernels.cuh", "extremes.store({rows.smallest + r * stride,", "extremes.store({rows.smallest + r * stride / 2,",
          "rows lie half as far apart", SWEEPS),
    Fault(FUSED + "selection/selection_kernel.cuh", "if (w >= workers_ % 4) last", "if (w > workers_ % 4) last", "a word of no worker counts", SWEEPS),
    Fault(FUSED + "selection/selection_kernel.cuh", "selected[p * stride + iterations.offset(i)]", "selected[p * stride + threadIdx.x]",
          "all blocks write to the first iterations", SWEEPS),
    Fault(FUSED + "delays/fleet_kernels.cuh", "delays[worker * stride + iterations.offset(i)] =", "delays[(worker - first) * stride + iterations.offset(i)] =",
          "each group writes over the first", SWEEPS),
    Fault("kernels/device/rank_search.hpp", "if (count_up_to(middle) >= rank)", "if (count_up_to(middle) > rank)", "the next rank", SWEEPS),
    Fault(FUSED + "delays/fleet_kernels.cuh", "least < end ? end : least", "end", "a deadline that waits for nobody", SWEEPS),
    Fault(FUSED + "delays/copies_kernel.cuh", "other < worker ? other : other + 1", "other", "workers run their own copies", SWEEPS),
    Fault(FUSED + "delays/copies_kernel.cuh", "arrived / 2 + 1,", "arrived / 2,", "the median of fewer delays", SWEEPS),
    Fault(FUSED + "delays/delays_launcher.cuh", "drawn = kind.copies ? nullptr : &kind;", "drawn = &kind;", "delays with copies serve the next kind", SWEEPS, "host"),
    Fault(FUSED + "clocks/bounded_clocks_kernel.cuh", "if (ahead > staleness)", "if (ahead >= staleness)", "a worker waits a job too early", SWEEPS),
    Fault(FUSED + "clocks/bounded_clocks_kernel.cuh", "(node < going_ ? 1 : 0)", "1", "those that wait have ended a job too few", SWEEPS),
    Fault(FUSED + "clocks/clock_jobs.cuh", "stragglers.is_slow(word, job == 0, state != 0)", "stragglers.is_slow(word, false, state != 0)",
          "states begin with what memory holds", SWEEPS),
    Fault(FUSED + "clocks/replayed_jobs.cuh", "(jobs.first_steps[replication - jobs.first] + job)", "job", "all replications begin with the first step", SWEEPS),
    Fault(FUSED + "clocks/replayed_jobs.cuh", "discarded * jobs.gradients", "discarded", "updates of several gradients are discarded in part", SWEEPS),
    Fault(FUSED + "clocks/replayed_jobs.cuh", "own.updates -=", "own.updates +=", "what is discarded counts as the warm-up", SWEEPS),
    Fault(RACE + "replication.cuh", "marks.updates[state_.next_update] < next", "marks.updates[state_.next_update] <= next", "measured an update too early", SWEEPS),
    Fault(RACE + "replication.cuh", "marks.times[state_.next_time] < time", "marks.times[state_.next_time] < time - 0.1", "measured when the next update is long done", SWEEPS),
    Fault(RACE + "clocks.cuh", "    state.staleness += state.served - replication_.version(worker);\n", "", "gradients that are never stale", SWEEPS),
    Fault(RACE + "clocks.cuh", "- (waits(other) ? 0 : 1)", "- 1", "who waits has ended a job too few", SWEEPS),
    Fault(RACE + "rounds.cuh", "if (in_time > entering) entering = in_time;", "", "a deadline takes the first ones alone", SWEEPS),
    Fault(RACE + "rounds.cuh", "before.is_before(arrival) && arrival.is_before(first)", "arrival.is_before(first)", "the first gradient again and again", SWEEPS),
    Fault(RACE + "sums.cuh", "if (error == max_ticks) atomicAdd", "if (error != max_ticks) atomicAdd", "all replications but those that diverge", SWEEPS),
    Fault(FUSED + "sampled/hazards_kernel.cuh", "hazards[iterations.offset(i)] =", "hazards[iterations.offset(0)] =", "half of the hazards are not written", SWEEPS),
    Fault(FUSED + "clocks/clock_rows.cuh", "i < launch.count; i +=", "i <= launch.count; i +=", "a replication too many", SWEEPS),
    Fault(FUSED + "clocks/clock_heap.cuh", "child + further >= size ||", "child + further > size ||", "the heap has an arrival too many", SWEEPS),
    Fault(FUSED + "clocks/clock_starts_kernel.cuh", "for (std::uint32_t node = jobs.workers; node % ClockRows::arity != 1; ++node) heap.put(node, {0, 0});", "",
          "the heap's last group is read before it was written", SWEEPS),
    Fault(FUSED + "group_search.cuh", "worker < groups[middle].end", "worker <= groups[middle].end", "the worker after a group has its law", SWEEPS),
    Fault(FUSED + "clocks/clocks_kernel.cuh", "squared_windows + i + j + 1, product >> 32", "squared_windows + i + j, product >> 32", "a digit in the wrong place", SWEEPS),
    Fault(SUMS + "bin_counts.cuh", "atomicAdd(counts + near_bin + i, near[i])", "atomicAdd(counts + i, near[i])", "bins from the first on", SWEEPS),
    Fault(MATERIALIZED + "sampling.cuh", "if (static_cast<std::uint32_t>(i) < left) out[i]", "if (static_cast<std::uint32_t>(i) <= left) out[i]",
          "a row's end is written by two threads", SWEEPS),
    # barriers, warps, atomics
    Fault(FUSED + "runtimes/kernels.cuh", "  __syncthreads();\n\n  TickSums own", "  TickSums own", "sums before they are cleared", SWEEPS),
    Fault(FUSED + "extremes/kernels.cuh", "  __syncthreads();\n\n  TickSums own", "  TickSums own", "fused sums before they are cleared", SWEEPS),
    Fault(FUSED + "runtimes/kernels.cuh", "if (threadIdx.x == 0) block = no_ticks();", "", "sums that are never cleared", SWEEPS),
    Fault(FUSED + "clocks/staleness_counts.cuh", "near[i] = 0;\n    __syncthreads();", "near[i] = 0;", "stalenesses before they are cleared", SWEEPS),
    Fault(FUSED + "clocks/staleness_counts.cuh", "  __device__ void flush() const {\n    __syncthreads();", "  __device__ void flush() const {",
          "stalenesses before all are counted", SWEEPS),
    Fault(SUMS + "tick_reduction.cuh", "  __syncthreads();\n  if (threadIdx.x == 0) add_atomically(device", "  if (threadIdx.x == 0) add_atomically(device",
          "a block's sums before all warps have added", SWEEPS),
    Fault(SUMS + "tick_reduction.cuh", "if (threadIdx.x % 32 == 0) add_atomically(block", "if (threadIdx.x % 64 == 0) add_atomically(block", "every second warp is lost", SWEEPS),
    Fault(SUMS + "tick_reduction.cuh", "for (int lanes = 16;", "for (int lanes = 8;", "half of a warp is lost", SWEEPS),
    Fault(SUMS + "tick_reduction.cuh", "__shfl_xor_sync(~0u, sums.minimum, lanes)", "__shfl_xor_sync(0xffffu, sums.minimum, lanes)", "a mask that lacks half of the lanes", SWEEPS),
    Fault(FUSED + "iterations.cuh", "atomicMin(row.smallest + offset, extremes_[i].smallest);", "row.smallest[offset] = extremes_[i].smallest;",
          "slices write over each other", SWEEPS),
    Fault(FUSED + "delays/slowest_sums_kernel.cuh", "atomicMax(slowest + iterations.offset(i), largest);", "slowest[iterations.offset(i)] = largest;",
          "slices of sums write over each other", SWEEPS),
]

LAUNCH_FAULTS = [
    Fault(CUDA + "cuda_queue.cuh", "threads, 0, stream_.get()>>>(arguments...)", "threads>>>(arguments...)", "kernels on the default stream", SWEEPS, "host"),
    Fault(CUDA + "cuda_queue.cuh", "    check_cuda(cudaStreamSynchronize(stream_.get()), \"cudaStreamSynchronize\", doing_);\n", "", "results before the stream is done", SWEEPS, "host"),
    Fault(CUDA + "cuda_queue.cuh", "    check_cuda(cudaGetLastError(), \"kernel launch\", doing_);\n", "", "a launch that fails is not noticed", CALLS, "host"),
    Fault(CUDA + "cuda_queue.cuh", "check_cuda(cudaMemsetAsync(memory, byte, bytes, stream_.get()), \"cudaMemsetAsync\", doing_);", "cudaMemsetAsync(memory, byte, bytes, stream_.get());",
          "a fill that fails is not noticed", CALLS, "host"),
    Fault(FUSED + "runtimes/launcher.cuh", "done += rows_.length())", "done += rows_.length() + 1)", "an iteration between chunks is lost", SWEEPS, "host"),
    Fault(FUSED + "runtimes/launcher.cuh", "      if (count == kinds_per_launch) flush();\n", "      if (count == kinds_per_launch) count = 0;\n", "the kinds of a full launch are lost", SWEEPS, "host"),
    Fault(FUSED + "runtimes/totals.cuh", "    queue.fill(bins_.data(), 0, bins_bytes());\n", "", "bins that are never cleared", SWEEPS, "host"),
    Fault(FUSED + "runtimes/totals.cuh", "    queue.upload(sums_.data(), nothing.data(), nothing.size() * sizeof(TickSums));\n", "", "totals that are never cleared", SWEEPS, "host"),
    Fault(FUSED + "extremes/launcher.cuh", "(blocks + slice_blocks - 1) / slice_blocks, over.threads", "blocks / slice_blocks, over.threads", "the last slice is not launched", SWEEPS, "host"),
    Fault(FUSED + "extremes/launcher.cuh", "fill(row.smallest, 0xff,", "fill(row.smallest, 0,", "the smallest word starts from 0", SWEEPS, "host"),
    Fault(FUSED + "delays/delays_launcher.cuh", "(last - first + slice_workers - 1) / slice_workers", "(last - first) / slice_workers", "the last workers have no slice", SWEEPS, "host"),
    Fault(FUSED + "pipeline.cuh", "filled.push_back({&kind, selected(p)});", "filled.push_back({&kind, selected(0)});", "every place is the first", SWEEPS, "host"),
    Fault(FUSED + "clocks/clocks_launcher.cuh", "    if (under_way != nullptr) residuals_.bring(queue, kind, under_way->of_groups);\n", "",
          "residuals that are not copied", SWEEPS, "host"),
    Fault(FUSED + "clocks/clocks_launcher.cuh", "launcher_.launch_runtimes_of_ticks({0, runtimes}", "launcher_.launch_runtimes_of_ticks({0, runtimes - 1}", "the last runtime of each step is lost", SWEEPS, "host"),
    Fault(MATERIALIZED + "device.cu", "sample_threads, 0, stream>>>(sampler", "sample_threads>>>(sampler", "samples on the default stream", SWEEPS, "host"),
    Fault(MATERIALIZED + "device.cu", "useful = (philox_blocks + sample_threads - 1) / sample_threads;", "useful = philox_blocks / sample_threads;", "small tiles have no block", SWEEPS, "host"),
    Fault(MATERIALIZED + "device.cu", "  check_cuda(cudaGetLastError(), \"sample_kernel\", \"sampling delays\");\n", "", "a sampling that fails is not noticed", CALLS, "host"),
    Fault(CUDA + "device_tables.hpp", "    queue.upload(memory.data(), table.data(), table.size());\n", "", "tables that are not copied", SWEEPS, "host"),
]

DEVICE_FAULTS = KERNEL_FAULTS + LAUNCH_FAULTS

# Faults that these tests may miss, by what is wrong then, with the reason.
DEVICE_SURVIVORS = {
    "an iteration between chunks is lost": "Slices of the emulated GPU's sweeps are too short for two chunks. The GPU tests notice it, on the emulated GPU, too.",
    "results before the stream is done": "A copy to pageable memory has ended when its call returns; the wait beside it only makes errors of kernels show earlier.",
    "a sampling that fails is not noticed": "What is to be written is marked before, so that the sums notice, in the same words to the user.",
}
