#pragma once

#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd {

/// Computes the part of Philox that depends on neither block nor iteration_lo.
inline PhiloxPlan plan_philox(Stream stream, std::uint32_t iteration_hi) {
  auto const low = [](std::uint64_t product) { return static_cast<std::uint32_t>(product); };
  auto const high = [](std::uint64_t product) { return static_cast<std::uint32_t>(product >> 32); };
  PhiloxPlan plan{};
  auto [key0, key1] = philox_key(stream.seed).word;
  for (int round = 0; round < 10; ++round) {
    plan.key0[round] = key0;
    plan.key1[round] = key1;
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  std::uint64_t const stream_product = std::uint64_t{0xD2511F53u} * stream.id;
  std::uint64_t const iteration_product = std::uint64_t{0xCD9E8D57u} * iteration_hi;
  plan.iteration_mask = high(stream_product) ^ plan.key1[0];
  plan.iteration_word_1 = low(iteration_product) ^ plan.key0[1];
  plan.block_mask = high(iteration_product) ^ plan.key0[0];
  plan.block_word_1 = low(stream_product) ^ plan.key1[1];
  return plan;
}

/// Room for the plans of blocks of workers.
class PlannedBlocksBuffer {
 public:
  explicit PlannedBlocksBuffer(std::uint32_t size) : size_(size), words_(3 * std::size_t{size}) {}

  PlannedBlocks blocks() {
    return {words_.data(), words_.data() + size_, words_.data() + 2 * std::size_t{size_}};
  }

 private:
  std::uint32_t size_;
  Buffer<std::uint64_t> words_;
};

}  // namespace dsgd
