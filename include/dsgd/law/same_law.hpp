/// When laws are the same, and when delays that are drawn for one observable serve another.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <tuple>
#include <variant>

#include "dsgd/law/list.hpp"

namespace dsgd {

/// True for laws of one name that have the same parameters and, where delays were measured, the same values.
inline bool same_law(Law const& a, Law const& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&]<class T>(T const& law) {
        T const& other = std::get<T>(b);
        auto const same = [&](auto const&... parameter) {
          return ((law.*parameter.value == other.*parameter.value) && ...);
        };
        if (law.origin() != other.origin() || !std::apply(same, T::parameters())) return false;
        if constexpr (requires { law.sampler().table(); })
          return std::ranges::equal(law.sampler().table(), other.sampler().table());
        return true;
      },
      a);
}

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
