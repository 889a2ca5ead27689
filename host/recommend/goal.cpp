#include "recommend/goal.hpp"

#include "text/nearest_name.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr std::string_view noise_scale_key = "noise-scale=";

}  // namespace

double weight(Goal const& goal, UpdateSize const& size) {
  switch (goal.kind) {
    case Goal::Kind::throughput:
      return 1 / size.gradients;
    case Goal::Kind::cost:
      return static_cast<double>(size.workers) / size.gradients;
    case Goal::Kind::noise_scale:
      break;
  }
  return 1 + goal.noise_scale / size.gradients;
}

double value(Goal const& goal, UpdateSize const& size, double mean) {
  double const product = mean * weight(goal, size);
  return goal.kind == Goal::Kind::throughput ? 1 / product : product;
}

Goal parse_goal(std::string const& text) {
  if (text == "throughput") return {};
  if (text == "cost") return {Goal::Kind::cost, 0};
  if (text.starts_with(noise_scale_key))
    return {Goal::Kind::noise_scale, parse_real(std::string_view(text).substr(noise_scale_key.size()),
                                                "--goal noise-scale", 1e-9, 1e15)};
  throw unknown_value("--goal", text, {"throughput", "cost", "noise-scale=B"});
}

std::string goal_text(Goal const& goal) {
  switch (goal.kind) {
    case Goal::Kind::throughput:
      return "throughput";
    case Goal::Kind::cost:
      return "cost";
    case Goal::Kind::noise_scale:
      break;
  }
  return std::string(noise_scale_key) + shortest(goal.noise_scale);
}

std::string value_name(Goal const& goal) {
  switch (goal.kind) {
    case Goal::Kind::throughput:
      return "throughput";
    case Goal::Kind::cost:
      return "cost";
    case Goal::Kind::noise_scale:
      break;
  }
  return "time";
}

std::string value_meaning(Goal const& goal, std::string const& unit) {
  std::string const time = unit.empty() ? "unit of time" : unit;
  switch (goal.kind) {
    case Goal::Kind::throughput:
      return "gradients per " + time;
    case Goal::Kind::cost:
      return (unit.empty() ? "" : unit + " of ") + std::string("workers' time per gradient");
    case Goal::Kind::noise_scale:
      break;
  }
  return "time per update times 1 + B / gradients" + (unit.empty() ? "" : ", " + unit);
}

}  // namespace dsgd
