#include "recommend/goal.hpp"

#include <optional>
#include <string_view>

#include "dsgd/expects.hpp"
#include "text/nearest_name.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr double least_level = 1e-30, most_level = 1e30;
constexpr std::string_view noise_scale_key = "noise-scale=", error_key = "error=", time_key = "time=";

/// The number after a key; nothing where the text has another one.
std::optional<double> number_after(std::string_view key, std::string const& text, double least, double most) {
  if (!text.starts_with(key)) return std::nullopt;
  std::string const name = "--goal " + std::string(key.substr(0, key.size() - 1));
  return parse_real(std::string_view(text).substr(key.size()), name, least, most);
}

}  // namespace

bool is_raced(Goal const& goal) { return goal.kind == Goal::Kind::error || goal.kind == Goal::Kind::time; }

double weight(Goal const& goal, UpdateSize const& size) {
  DSGD_EXPECTS(!is_raced(goal));
  switch (goal.kind) {
    case Goal::Kind::throughput:
      return 1 / size.gradients;
    case Goal::Kind::cost:
      return static_cast<double>(size.workers) / size.gradients;
    case Goal::Kind::noise_scale:
    case Goal::Kind::error:
    case Goal::Kind::time:
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
  if (text == "cost") return {Goal::Kind::cost};
  if (auto const scale = number_after(noise_scale_key, text, 1e-9, 1e15))
    return {Goal::Kind::noise_scale, *scale};
  if (auto const error = number_after(error_key, text, least_level, most_level))
    return {Goal::Kind::error, 0, *error};
  if (auto const time = number_after(time_key, text, least_level, most_level))
    return {Goal::Kind::time, 0, *time};
  throw unknown_value("--goal", text, {"throughput", "cost", "noise-scale=B", "error=E", "time=T"});
}

std::string goal_text(Goal const& goal) {
  switch (goal.kind) {
    case Goal::Kind::throughput:
      return "throughput";
    case Goal::Kind::cost:
      return "cost";
    case Goal::Kind::noise_scale:
      return std::string(noise_scale_key) + shortest(goal.noise_scale);
    case Goal::Kind::error:
      return std::string(error_key) + shortest(goal.level);
    case Goal::Kind::time:
      break;
  }
  return std::string(time_key) + shortest(goal.level);
}

std::string value_name(Goal const& goal) {
  switch (goal.kind) {
    case Goal::Kind::throughput:
      return "throughput";
    case Goal::Kind::cost:
      return "cost";
    case Goal::Kind::noise_scale:
    case Goal::Kind::error:
      return "time";
    case Goal::Kind::time:
      break;
  }
  return "error";
}

std::string value_meaning(Goal const& goal, std::string const& unit) {
  std::string const time = unit.empty() ? "unit of time" : unit;
  switch (goal.kind) {
    case Goal::Kind::throughput:
      return "gradients per " + time;
    case Goal::Kind::cost:
      return (unit.empty() ? "units" : unit) + " of workers' time per gradient";
    case Goal::Kind::noise_scale:
      return "time per update times 1 + B / gradients" + (unit.empty() ? "" : ", " + unit);
    case Goal::Kind::error:
      return "until the mean error is " + shortest(goal.level) + (unit.empty() ? "" : ", " + unit);
    case Goal::Kind::time:
      break;
  }
  return "mean error at " + shortest(goal.level) + (unit.empty() ? "" : " " + unit);
}

}  // namespace dsgd
