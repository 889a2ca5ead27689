#include "output/parameters_json.hpp"

#include <algorithm>
#include <cstdint>
#include <variant>

#include "spec/parameters.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

std::string number_text(double value, std::uint64_t) { return shortest(value); }
std::string number_text(std::uint32_t value, std::uint64_t) { return std::to_string(value); }
std::string number_text(Share const& value, std::uint64_t workers) {
  return std::to_string(value.of(workers));
}
std::string number_text(std::string const&, std::uint64_t) { return {}; }

/// "key": number, with commas between them.
template <class T>
std::string numbers(T const& owner, std::uint64_t workers) {
  std::string text;
  for_each_parameter<T>([&](auto const& parameter) {
    auto const& value = owner.*parameter.value;
    if (parameter.presence == Presence::implied && value == T{}.*parameter.value) return;
    std::string const number = number_text(value, workers);
    if (number.empty()) return;
    text.append(text.empty() ? "\"" : ", \"").append(parameter.key).append("\": ").append(number);
  });
  return text;
}

template <class Variant>
std::string numbers_of(Variant const& variant, std::uint64_t workers) {
  return std::visit([&](auto const& one) { return numbers(one, workers); }, variant);
}

bool is_measured(FleetGroup const& group) { return std::holds_alternative<Empirical>(group.law); }

std::string group_json(FleetGroup const& group) {
  std::string const own = numbers_of(group.law, group.workers);
  std::string text = R"({"name": ")";
  text += std::visit([](auto const& law) { return law.name; }, group.law);
  text += R"(", "workers": )" + std::to_string(group.workers);
  return text + (own.empty() ? "" : ", " + own) + "}";
}

std::string fleet_json(Fleet const& fleet) {
  if (fleet.equal()) return "{" + numbers_of(fleet.law(), fleet.workers()) + "}";
  if (std::all_of(fleet.groups().begin(), fleet.groups().end(), is_measured)) return "{}";
  std::string text;
  for (FleetGroup const& group : fleet.groups()) text += (text.empty() ? "" : ", ") + group_json(group);
  return "[" + text + "]";
}

}  // namespace

std::string parameters_json(Point const& point) {
  return R"({"law": )" + fleet_json(point.fleet) + R"(, "strategy": {)" +
         numbers_of(point.strategy, point.workers()) + "}}";
}

}  // namespace dsgd
