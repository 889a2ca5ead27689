/// One number for the bits of all logarithms. A sum, so that it can be taken in any order, by threads or on a
/// device; every compiler and instruction set must get the same.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"

namespace dsgd::test {

/// Sum of hash_term over all words and their tail words, as g++ 12 and clang 14 have it on x86-64.
inline constexpr std::uint64_t golden_hash = 0x608fb051012edbfeu;
/// The same over every 256th word alone.
inline constexpr std::uint64_t golden_sparse_hash = 0x540dd01dc4f09e41u;
inline constexpr std::uint32_t sparse_step = 256;
/// The first again, of the exponential law's delays at rate 3 in place of the logarithms.
inline constexpr std::uint64_t golden_exponential_hash = 0xace05c7241ee31f0u;

/// Number of tail words with which word k enters the sum.
DSGD_HD std::uint32_t hashed_tails(std::uint32_t k) { return needs_tail(k) ? 16 : 1; }

/// Tail word number i of word k: 0, 2^32 - 1, and others that differ from word to word.
DSGD_HD std::uint32_t hashed_tail(std::uint32_t k, std::uint32_t i) {
  return i == 0 ? 0u : i == 1 ? ~0u : (k + i) * 2654435761u + i * 0x9E3779B9u;
}

/// What tail word number i of word k contributes, given the bits of their logarithm.
DSGD_HD std::uint64_t hash_term(std::uint32_t k, std::uint32_t i, std::uint32_t bits) {
  std::uint64_t x = (std::uint64_t{k} << 32 | bits) + i * 0x9E3779B97F4A7C15u;
  // the finalizer of SplitMix64, Steele, Lea, Flood 2014
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
  x = (x ^ x >> 27) * 0x94D049BB133111EBu;
  return x ^ x >> 31;
}

}  // namespace dsgd::test
