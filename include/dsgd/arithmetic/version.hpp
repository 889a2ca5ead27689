/// The version of the arithmetic: of all that decides the bits of a summary.
#pragma once

namespace dsgd {

/// Raise it with every change of a bit of any summary: of addresses of draws, the logarithm, a law's excess,
/// a quantum, the plan of replications. Not where a point's canonical spec changes with it: no store then has
/// the point. Stores of an earlier version are refused and not mixed.
inline constexpr int arithmetic_version = 5;

}  // namespace dsgd
