/// The list of laws. The command line, the engines and the writers iterate over it: to add a law, write its
/// header, add its name here, and write its exact twin in host/exact/law.
#pragma once

#include <type_traits>
#include <variant>

#include "dsgd/law/constant.hpp"
#include "dsgd/law/empirical.hpp"
#include "dsgd/law/exponential.hpp"
#include "dsgd/law/gamma.hpp"
#include "dsgd/law/hyperexponential.hpp"
#include "dsgd/law/log_logistic.hpp"
#include "dsgd/law/lognormal.hpp"
#include "dsgd/law/pareto.hpp"
#include "dsgd/law/shifted_exponential.hpp"
#include "dsgd/law/two_point.hpp"
#include "dsgd/law/uniform.hpp"
#include "dsgd/law/weibull.hpp"

namespace dsgd {

using Law = std::variant<Exponential, ShiftedExponential, Pareto, Weibull, Lognormal, LogLogistic, Gamma,
                         Uniform, Constant, TwoPoint, Hyperexponential, Empirical>;

namespace detail {

/// A variant without repetitions: laws may share a sampler.
template <class Variant, class... Rest>
struct Unique {
  using type = Variant;
};
template <class... Kept, class First, class... Rest>
struct Unique<std::variant<Kept...>, First, Rest...>
    : std::conditional_t<(std::is_same_v<Kept, First> || ...), Unique<std::variant<Kept...>, Rest...>,
                         Unique<std::variant<Kept..., First>, Rest...>> {};

template <class>
struct SamplerOf;
template <class... L>
struct SamplerOf<std::variant<L...>> : Unique<std::variant<>, typename L::Sampler...> {};

}  // namespace detail

/// What an engine needs of a law.
using LawSampler = detail::SamplerOf<Law>::type;

inline LawSampler sampler(Law const& law) {
  return std::visit([](auto const& l) -> LawSampler { return l.sampler(); }, law);
}

inline bool memoryless(Law const& law) {
  return std::visit([](auto const& l) { return l.memoryless && l.shift == 0; }, law);
}

inline double origin(Law const& law) {
  return std::visit([](auto const& l) { return l.origin(); }, law);
}

}  // namespace dsgd
