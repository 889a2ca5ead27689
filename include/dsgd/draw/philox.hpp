/// Philox4x32-10, the counter-based generator under every draw: a pure function (counter, key) -> four words.
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
#pragma once

#include <cstdint>

#include "dsgd/host_device.hpp"

namespace dsgd {

struct PhiloxBlock {
  std::uint32_t word[4];  ///< each uniform on [0, 2^32)
};

struct PhiloxKey {
  std::uint32_t word[2];
};

/// @return four words that depend on counter and key alone
DSGD_HD PhiloxBlock philox4x32_10(PhiloxBlock counter, PhiloxKey key) {
  auto [c0, c1, c2, c3] = counter.word;
  auto [k0, k1] = key.word;
  for (int round = 0; round < 10; ++round) {
    std::uint64_t const p = 0xD2511F53ull * c0;
    std::uint64_t const q = 0xCD9E8D57ull * c2;
    c0 = static_cast<std::uint32_t>(q >> 32) ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(q);
    c2 = static_cast<std::uint32_t>(p >> 32) ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(p);
    k0 += 0x9E3779B9u;  // golden ratio
    k1 += 0xBB67AE85u;  // sqrt(3) - 1
  }
  return {{c0, c1, c2, c3}};
}

}  // namespace dsgd
