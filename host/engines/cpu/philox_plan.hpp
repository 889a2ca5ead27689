#pragma once

#include <cstdint>

#include "dsgd/draw.hpp"
#include "engines/cpu/kernels.hpp"

namespace dsgd {

/// The part of Philox that does not depend on iteration_lo: keys, and rounds 1 to 3 of each block of workers.
class PhiloxPlanner {
 public:
  PhiloxPlanner(Stream stream, std::uint32_t iteration_hi) {
    auto [key0, key1] = philox_key(stream.seed).word;
    for (int round = 0; round < 10; ++round) {
      plan_.key0[round] = key0;
      plan_.key1[round] = key1;
      key0 += 0x9E3779B9u;
      key1 += 0xBB67AE85u;
    }
    stream_product_ = multiplier0 * stream.id;
    iteration_product_ = multiplier1 * iteration_hi;
    plan_.iteration_mask = high(stream_product_) ^ plan_.key1[0];
    plan_.iteration_word_1 = low(iteration_product_) ^ plan_.key0[1];
  }

  PhiloxPlan const& plan() const { return plan_; }

  BlockWords block_words(std::uint32_t block) const {
    std::uint64_t const p = multiplier0 * (high(iteration_product_) ^ block ^ plan_.key0[0]);
    std::uint64_t const q = multiplier1 * (high(p) ^ low(stream_product_) ^ plan_.key1[1]);
    return {high(q) ^ plan_.key0[2], low(p) ^ plan_.key1[2], low(q) ^ plan_.key0[3]};
  }

 private:
  static constexpr std::uint64_t multiplier0 = 0xD2511F53u;
  static constexpr std::uint64_t multiplier1 = 0xCD9E8D57u;
  static std::uint32_t low(std::uint64_t product) { return static_cast<std::uint32_t>(product); }
  static std::uint32_t high(std::uint64_t product) { return static_cast<std::uint32_t>(product >> 32); }

  PhiloxPlan plan_{};
  std::uint64_t stream_product_;     ///< round 1, first multiplication
  std::uint64_t iteration_product_;  ///< round 1, second multiplication
};

}  // namespace dsgd
