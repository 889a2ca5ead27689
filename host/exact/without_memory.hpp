#pragma once

#include <algorithm>
#include <span>
#include <variant>

#include "exact/fleet.hpp"
#include "exact/law/list.hpp"

namespace dsgd::exact {

/// True for exponential delays from 0 on.
inline bool without_memory(Law const& law) {
  auto const* exponential = std::get_if<ShiftedExponential>(&law);
  return exponential != nullptr && exponential->shift == 0;
}

inline bool without_memory(std::span<Group const> fleet) {
  return std::ranges::all_of(fleet, [](Group const& group) { return without_memory(group.law); });
}

}  // namespace dsgd::exact
