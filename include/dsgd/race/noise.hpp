/// The noise of gradients: standard normal draws that have an address, as delays have.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/normal_quantile.hpp"
#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/clock/plan.hpp"
#include "dsgd/draw/address.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd {

/// The stream of noise, apart from those of delays, which lie below 2^27, and of sampled order statistics,
/// which have bit 30. All points share it: strategies, laws and numbers of workers are compared under the same
/// noise.
DSGD_HD Stream noise_stream(std::uint64_t seed) { return {seed, 1u << 27}; }

/// The standard normal draw of a word. A word stands for the middle of its cell also at both ends, where
/// delays are refined by tail words: the variance is 1 but for 2e-8.
DSGD_HD double normal_of_word(std::uint32_t word) {
  constexpr std::uint32_t middle = 0x80000000u;
  return portable::normal_quantile_at(static_cast<double>(neg_log_uniform(word, middle)));
}

/// Word of the noise of an update in one direction of the model, at the address that a job of the worker with
/// the direction's number would have: a block of Philox serves four updates.
/// @pre replication < 2^32, direction < 2^24, update < max_jobs
DSGD_HD std::uint32_t noise_word(std::uint64_t seed, std::uint64_t replication, std::uint32_t direction,
                                 std::uint64_t update) {
  auto const [iteration, index] = job_address(replication, direction, update);
  return draw_word(noise_stream(seed), iteration, index);
}

}  // namespace dsgd
