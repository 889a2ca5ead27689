/// Small kernels that are right or wrong by their arguments, to see that the emulated GPU notices.
#pragma once

#include <cuda_runtime_api.h>

namespace emulated_gpu::planted {

/// Threads of a block: two warps.
inline constexpr unsigned threads = 64;

/// One thread: data[index] = 1, where data begins `by` bytes later than it says.
void write(int* data, int index, int by = 0);

/// One thread: *to = *from.
void copy_word(int* to, int const* from, cudaStream_t stream = nullptr);

/// Each thread writes to shared memory, the first of them beginning at `from`, and reads what its neighbour wrote. `writers`
/// threads write at all.
/// @param barrier  between writing and reading. 1: of the block; 2: of the warp; 0: of the block, but it writes again after it
void exchange_in_shared(int* out, int barrier, int from = 0, int writers = threads);

/// Each block sets *out to its number, or adds 1 atomically; in the end the first thread reads it where `then_read`.
void meet_in_global(int* out, unsigned blocks, bool atomically, bool then_read);

/// `lanes` lanes of a warp take part in a shuffle by `distance` lanes down; the others have ended.
void shuffle_down(int* out, unsigned mask, int lanes, int distance);

/// out[lane] of each kind of shuffle, [4][32], of the value 100 + lane: up by 1, down by 2, xor 3, lane 5; of segments of
/// `width` lanes.
void shuffles(int* out, int width);

/// The first `waiting` threads wait at a barrier, the others, where `elsewhere`, at another one.
void wait_partly(int* out, int waiting, bool elsewhere);

/// Appends the numbers of the threads in the order in which they run, [threads + 1]; the first is how many.
void append(int* out);

}  // namespace emulated_gpu::planted
