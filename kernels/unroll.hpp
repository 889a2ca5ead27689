#pragma once

/// Before a loop of few turns over registers: indexed by a variable, they would go to memory.
#ifdef __CUDACC__
#define DSGD_UNROLL _Pragma("unroll")
#else
#define DSGD_UNROLL
#endif
