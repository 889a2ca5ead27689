#pragma once

/// Before a loop of few turns over registers: indexed by a variable, they would go to memory.
#ifdef __CUDA_ARCH__
#define DSGD_UNROLL _Pragma("unroll")
#else
#define DSGD_UNROLL
#endif

/// Before a loop whose body is long: once is enough for the instruction cache and the compiler.
#ifdef __CUDA_ARCH__
#define DSGD_NO_UNROLL _Pragma("unroll 1")
#else
#define DSGD_NO_UNROLL
#endif
