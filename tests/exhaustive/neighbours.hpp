/// Order between single addresses and their successors, where a whole pass over all words would take too
/// long.
#pragma once

#include <algorithm>
#include <cstdint>

#include "address.hpp"
#include "measure.hpp"
#include "parallel.hpp"

namespace dsgd::test {

/// The last address of each block: with its successor, the border to the next block.
struct BlockEnds {
  static constexpr std::uint32_t count = all_blocks - 1;
  Address operator()(std::uint32_t number) const { return block_shape(number)[BlockShape::addresses - 1]; }
};

/// 2^24 fixed random addresses: half of them among all words, a quarter among the tails of each end.
struct RandomAddresses {
  static constexpr std::uint32_t count = 1u << 24;
  Address operator()(std::uint32_t number) const {
    PhiloxBlock const random = philox4x32_10({{number, 0, 0, 0}}, philox_key(20240229));
    std::uint32_t const near_end = random.word[0] % tail_cells;
    std::uint32_t const k = number % 2 == 0 ? random.word[0] : number % 4 == 1 ? near_end : ~near_end;
    bool const last = k == ~0u && random.word[1] == 0;
    return {k, last ? 1u : random.word[1]};
  }
};

/// Compares function(addresses(i)) with function of the successor, for i < addresses.count.
template <class Addresses, class Function>
Findings compare_neighbours(Addresses const& addresses, Function const& function) {
  constexpr std::uint32_t pairs = BlockShape::addresses / 2;
  auto const body = [&](Findings& findings, std::uint32_t number) {
    AddressBlock block;
    for (std::uint32_t i = 0; i < pairs; ++i) {
      Address const here = addresses(std::min(number * pairs + i, Addresses::count - 1));
      Address const next = successor(here);
      block.k[i] = here.k;
      block.t[i] = here.t;
      block.k[pairs + i] = next.k;
      block.t[pairs + i] = next.t;
    }
    detail::Values values;
    run(best_instruction_set(), [&]() DSGD_INLINE_LAMBDA {
      for (std::uint32_t i = 0; i < values.size(); ++i) values[i] = function(block.k[i], block.t[i]);
      findings.abnormal += detail::count_abnormal(values);
    });
    for (std::uint32_t i = 0; i < pairs; ++i) findings.increases += values[pairs + i] <= values[i] ? 0u : 1u;
    findings.addresses += values.size();
  };
  Findings all;
  for (Findings const& part : for_each_block<Findings>(0, (Addresses::count + pairs - 1) / pairs, body)) {
    all += part;
  }
  return all;
}

}  // namespace dsgd::test
