#pragma once

/// Stands before a loop of few turns over registers, which would go to memory if a variable indexed them.
#ifdef __CUDA_ARCH__
#define DSGD_UNROLL _Pragma("unroll")
#else
#define DSGD_UNROLL
#endif

/// Stands before a loop whose body is long: one copy is enough for the instruction cache and the compiler.
#ifdef __CUDA_ARCH__
#define DSGD_NO_UNROLL _Pragma("unroll 1")
#else
#define DSGD_NO_UNROLL
#endif
