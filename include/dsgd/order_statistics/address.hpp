/// Addresses of the draws from which order statistics are sampled directly, at a cost that does not depend on
/// the number of workers.
#pragma once

#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "dsgd/draw/philox.hpp"
#include "dsgd/expects.hpp"

namespace dsgd {

/// The most workers whose order statistics have an address.
inline constexpr std::uint64_t max_sampled_workers = (std::uint64_t{1} << 62) - 1;

/// The most attempts of an iteration: word 2 of the counter has 14 bits for them beside the upper 18 bits of
/// the iteration.
inline constexpr std::uint32_t max_attempts = 1u << 14;

/// Word 0 of the counter. Bit 30 keeps these draws apart from those of single workers, whose streams lie
/// below 2^27, and from tail words, which have bit 31.
DSGD_HD std::uint32_t sampled_stream(std::uint64_t workers) {
  return 1u << 30 | static_cast<std::uint32_t>(workers & ((1u << 30) - 1));
}

/// Word 1 of the counter.
DSGD_HD std::uint32_t sampled_block(std::uint64_t workers) {
  return static_cast<std::uint32_t>(workers >> 30);
}

/// Word 2 of the counter. @pre iteration < 2^50 and attempt < max_attempts
DSGD_HD std::uint32_t sampled_attempt(std::uint64_t iteration, std::uint32_t attempt) {
  DSGD_EXPECTS(iteration < max_iterations && attempt < max_attempts);
  return attempt << 18 | static_cast<std::uint32_t>(iteration >> 32);
}

/// Two uniform integers in [0, 2^64).
struct BitPair {
  std::uint64_t first, second;
};

/// The draws of an iteration at its `attempt`-th attempt. Different numbers of workers always draw
/// independently; points that differ in law or rank alone share their draws.
/// @pre 1 <= workers <= max_sampled_workers, iteration < 2^50 and attempt < max_attempts
DSGD_HD BitPair sampled_bits(std::uint64_t seed, std::uint64_t workers, std::uint64_t iteration,
                             std::uint32_t attempt = 0) {
  DSGD_EXPECTS(workers >= 1 && workers <= max_sampled_workers);
  PhiloxBlock const block =
      philox4x32_10({{sampled_stream(workers), sampled_block(workers), sampled_attempt(iteration, attempt),
                      static_cast<std::uint32_t>(iteration)}},
                    philox_key(seed));
  return {std::uint64_t{block.word[0]} << 32 | block.word[1],
          std::uint64_t{block.word[2]} << 32 | block.word[3]};
}

}  // namespace dsgd
