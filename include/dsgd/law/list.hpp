/// The list of laws. The command line, the engines and the writers iterate over it: to add a law, write its
/// header and add its name here (and its closed form in host/closed_form, if it has one).
#pragma once

#include <variant>

#include "dsgd/law/exponential.hpp"

namespace dsgd {

using Law = std::variant<Exponential>;

namespace detail {
template <class>
struct SamplerOf;
template <class... L>
struct SamplerOf<std::variant<L...>> {
  using type = std::variant<typename L::Sampler...>;
};
}  // namespace detail

/// What an engine needs of a law.
using LawSampler = detail::SamplerOf<Law>::type;

inline LawSampler sampler(Law const& law) {
  return std::visit([](auto const& l) -> LawSampler { return l.sampler(); }, law);
}

inline bool memoryless(Law const& law) {
  return std::visit([](auto const& l) { return l.memoryless; }, law);
}

inline double origin(Law const& law) {
  return std::visit([](auto const& l) { return l.origin(); }, law);
}

}  // namespace dsgd
