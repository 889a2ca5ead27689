#include "checks/planted.hpp"

namespace emulated_gpu::planted {
namespace {

__global__ void write_kernel(int* data, int index, int by) {
  reinterpret_cast<int*>(reinterpret_cast<char*>(data) + by)[index] = 1;
}

__global__ void copy_kernel(int* to, int const* from) { *to = *from; }

__global__ void exchange_kernel(int* out, int barrier, int from, int writers) {
  __shared__ int words[threads];
  int const thread = static_cast<int>(threadIdx.x), neighbour = thread ^ 1;
  if (thread < writers) words[thread + from] = thread;
  if (barrier != 2) __syncthreads();
  if (barrier == 0) words[thread + from] = thread + 1;
  if (barrier == 2) __syncwarp();
  out[thread] = words[neighbour + from];
}

__global__ void meet_kernel(int* out, bool atomically, bool then_read) {
  if (atomically)
    atomicAdd(out, 1);
  else
    *out = static_cast<int>(blockIdx.x);
  if (then_read && threadIdx.x == 0) out[1 + blockIdx.x] = *out;
}

__global__ void shuffle_down_kernel(int* out, unsigned mask, int lanes, int distance) {
  int const lane = static_cast<int>(threadIdx.x);
  if (lane < lanes) out[lane] = __shfl_down_sync(mask, lane, static_cast<unsigned>(distance));
}

__global__ void shuffles_kernel(int* out, int width) {
  unsigned const lane = threadIdx.x, all = ~0u;
  int const value = 100 + static_cast<int>(lane);
  out[lane] = __shfl_up_sync(all, value, 1, width);
  out[32 + lane] = __shfl_down_sync(all, value, 2, width);
  out[64 + lane] = __shfl_xor_sync(all, value, 3, width);
  out[96 + lane] = __shfl_sync(all, value, 5, width);
}

__global__ void wait_kernel(int* out, int waiting, bool elsewhere) {
  int const thread = static_cast<int>(threadIdx.x);
  if (thread < waiting) {
    __syncthreads();
    out[thread] = 1;
  } else if (elsewhere) {
    __syncthreads();
    out[thread] = 2;
  }
}

__global__ void append_kernel(int* out) { out[1 + atomicAdd(out, 1)] = static_cast<int>(threadIdx.x); }

}  // namespace

void write(int* data, int index, int by) { write_kernel<<<1, 1>>>(data, index, by); }

void copy_word(int* to, int const* from, cudaStream_t stream) { copy_kernel<<<1, 1, 0, stream>>>(to, from); }

void exchange_in_shared(int* out, int barrier, int from, int writers) {
  exchange_kernel<<<1, threads>>>(out, barrier, from, writers);
}

void meet_in_global(int* out, unsigned blocks, bool atomically, bool then_read) {
  meet_kernel<<<blocks, 1>>>(out, atomically, then_read);
}

void shuffle_down(int* out, unsigned mask, int lanes, int distance) {
  shuffle_down_kernel<<<1, 32>>>(out, mask, lanes, distance);
}

void shuffles(int* out, int width) { shuffles_kernel<<<1, 32>>>(out, width); }

void wait_partly(int* out, int waiting, bool elsewhere) {
  wait_kernel<<<1, threads>>>(out, waiting, elsewhere);
}

void append(int* out) { append_kernel<<<1, threads>>>(out); }

}  // namespace emulated_gpu::planted
