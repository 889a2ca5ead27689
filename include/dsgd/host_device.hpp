/// One macro for functions that both compilers build: nvcc for the device and the host, g++ and clang for the
/// host.
#pragma once

#ifdef __CUDACC__
#define DSGD_HD __host__ __device__ __forceinline__
#else
#define DSGD_HD inline __attribute__((always_inline))
#endif
