/// What is computed, as a number.
#pragma once

namespace dsgd {

/// To be raised with every change that changes a bit of any summary: addresses of draws, the logarithm, a
/// law's excess, a quantum, the plan of replications. What was stored before is then refused and not mixed.
inline constexpr int arithmetic_version = 5;

}  // namespace dsgd
