/// When delays that are drawn for one observable serve another.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <variant>

#include "dsgd/law/list.hpp"

namespace dsgd {

/// True where two laws surely give the same delays: never for different ones, but perhaps not for equal ones.
inline bool same_law(LawSampler const& a, LawSampler const& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&]<class Sampler>(Sampler const& law) {
        using Bytes = std::array<std::byte, sizeof(Sampler)>;
        return std::bit_cast<Bytes>(law) == std::bit_cast<Bytes>(std::get<Sampler>(b));
      },
      a);
}

}  // namespace dsgd
