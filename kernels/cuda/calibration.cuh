/// Kernels that do nothing but one operation, as often as a device can: one of those that the fused kernels
/// consist of.
#pragma once

#include <cstdint>

#include "kernels/device/unroll.hpp"

namespace dsgd::kernels {

inline constexpr unsigned calibration_threads = 256;  ///< per block of a launch
inline constexpr unsigned calibration_chains = 8;     ///< independent chains of a thread: they hide latency
inline constexpr unsigned calibration_links_per_turn = 16;  ///< operations of a chain in a turn of the loop

/// Operations of a thread in `turns` turns.
constexpr double calibration_operations(std::uint32_t turns) {
  return double{calibration_chains} * calibration_links_per_turn * turns;
}

/// A wide multiply with an exclusive or beside it, as in Philox. The exclusive or keeps the compiler from
/// making a narrow multiply of it, and costs nothing: another part of the device does it.
struct WideMultiply {
  static __device__ std::uint32_t link(std::uint32_t value, std::uint32_t, std::uint32_t other) {
    std::uint64_t const product = std::uint64_t{0xD2511F53u} * value;
    return static_cast<std::uint32_t>(product >> 32) ^ static_cast<std::uint32_t>(product) ^ other;
  }
};

/// The exclusive or of three words. Any function of three words, bit by bit, is one instruction; it is
/// written in assembly, which the compiler does not simplify.
struct Logic {
  static __device__ std::uint32_t link(std::uint32_t value, std::uint32_t neighbour, std::uint32_t other) {
    asm volatile("lop3.b32 %0, %0, %1, %2, 0x96;" : "+r"(value) : "r"(neighbour), "r"(other));
    return value;
  }
};

/// The smallest of three words: one instruction on sm_90, two before.
struct Minimum {
  static __device__ std::uint32_t link(std::uint32_t value, std::uint32_t neighbour, std::uint32_t other) {
    asm volatile("{.reg .u32 pair; min.u32 pair, %0, %1; min.u32 %0, pair, %2;}"
                 : "+r"(value)
                 : "r"(neighbour), "r"(other));
    return value;
  }
};

/// Time that one thread took. It gives the clock of the thread's multiprocessor.
struct CalibrationTime {
  long long cycles;
  unsigned long long nanoseconds;
};

inline __device__ unsigned long long nanoseconds_now() {
  unsigned long long time;
  asm volatile("mov.u64 %0, %globaltimer;" : "=l"(time));
  return time;
}

/// Does calibration_operations(turns) in every thread.
/// @param time    receives the time of the first thread
/// @param result  keeps the compiler from leaving the operations out; hardly ever written to
template <class Operation>
__global__ void __launch_bounds__(calibration_threads)
    calibration_kernel(std::uint32_t turns, std::uint32_t seed, CalibrationTime* time,
                       std::uint32_t* result) {
  bool const is_timed = blockIdx.x == 0 && threadIdx.x == 0;
  CalibrationTime const start{clock64(), nanoseconds_now()};
  std::uint32_t const other = (seed + threadIdx.x) * 0x9E3779B9u;
  std::uint32_t chain[calibration_chains];
  DSGD_UNROLL for (unsigned i = 0; i < calibration_chains; ++i) chain[i] = other * (2 * i + 3);
#pragma unroll 1
  for (std::uint32_t turn = 0; turn < turns; ++turn)
    DSGD_UNROLL for (unsigned link = 0; link < calibration_links_per_turn; ++link)
        DSGD_UNROLL for (unsigned i = 0; i < calibration_chains; ++i) chain[i] =
            Operation::link(chain[i], chain[(i + 1) % calibration_chains], other);
  std::uint32_t all = 0;
  DSGD_UNROLL for (unsigned i = 0; i < calibration_chains; ++i) all ^= chain[i];
  if (all == 0x12345) *result = all;
  if (is_timed) *time = {clock64() - start.cycles, nanoseconds_now() - start.nanoseconds};
}

}  // namespace dsgd::kernels
