#include "validate/samples.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>

#include "dsgd/observable.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

void set_sample(Share& share) { share = {3}; }
void set_sample(std::uint32_t& count) { count = 3; }
void set_sample(double& time) { time = 0.25; }

template <class Variant, class Function>
void for_each_alternative(Function&& function) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (function(std::variant_alternative_t<I, Variant>{}), ...);
  }
  (std::make_index_sequence<std::variant_size_v<Variant>>{});
}

/// FNV-1a: only a number that differs from spec to spec is wanted.
std::uint64_t number_of(std::string const& text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (char const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace

std::vector<Law> sample_laws() {
  std::vector<Law> laws;
  laws.reserve(std::variant_size_v<Law>);
  for_each_alternative<Law>([&](auto law) {
    if constexpr (requires { law.set_values({}); }) {
      std::vector<double> measured;
      for (int i = 1; i <= 500; ++i) measured.push_back(1 + std::sqrt(i) + (i % 50 == 0 ? 20 : 0));
      law.set_values(measured);
    }
    laws.push_back(law);
  });
  return laws;
}

std::vector<Law> heavy_tailed_laws() { return {Pareto{1, 0.9}, Pareto{1, 1.2}, LogLogistic{1, 0.9}}; }

std::vector<Strategy> sample_strategies() {
  std::vector<Strategy> strategies;
  strategies.reserve(std::variant_size_v<Strategy>);
  for_each_alternative<Strategy>([&](auto strategy) {
    std::apply([&](auto const&... parameter) { (set_sample(strategy.*parameter.value), ...); },
               strategy.parameters());
    strategies.push_back(strategy);
  });
  return strategies;
}

Point sample_point(Law const& law, Strategy const& strategy, std::uint64_t workers, double draws) {
  Point point{{law, workers}, strategy, 1, {}};
  std::uint64_t const seed =
      number_of(canonical_spec(law) + " " + canonical_spec(strategy) + " " + std::to_string(workers));
  bool const clocks = std::holds_alternative<Clocks>(runtime(strategy, law, workers));
  double const per_iteration =
      clocks ? static_cast<double>(gradients(strategy, workers)) : draws_per_unit(observable(point));
  point.iterations = static_cast<std::uint64_t>(std::max(100.0, draws / per_iteration));
  point.stream =
      clocks ? clock_stream(seed, workers, false) : Stream{seed, static_cast<std::uint32_t>(workers)};
  return point;
}

std::string sample_law(Point const& point) {
  auto const* const measured = std::get_if<Empirical>(&point.fleet.groups().front().law);
  bool const made_up = measured != nullptr && point.fleet.equal() && measured->file.empty();
  return made_up ? "empirical (" + std::to_string(measured->sampler().size) + " values)" : fleet_spec(point);
}

std::string sample_strategy(Point const& point) {
  return canonical_spec(point.strategy) + ", m = " + std::to_string(point.workers());
}

std::string sample_name(Point const& point) { return sample_law(point) + ", " + sample_strategy(point); }

}  // namespace dsgd
