#include "race/model.hpp"

#include <variant>
#include <vector>

#include "dsgd/error.hpp"
#include "spec/alternatives.hpp"
#include "text/number.hpp"
#include "text/value_list.hpp"

namespace dsgd {

void complete(Quadratic& model) {
  std::string const what = "--model quadratic: curvature";
  model.curvatures.clear();
  for (std::string_view const one : split_list(model.curvature, what))
    model.curvatures.push_back(parse_real(one, what, 1e-12, 1e12));
  if (model.curvatures.size() > Quadratic::max_directions)
    throw Error(ExitCode::usage,
                what + " has more than " + std::to_string(Quadratic::max_directions) + " values",
                "each is a direction of the model", "give fewer");
  model.curvature.clear();
  for (double const one : model.curvatures)
    model.curvature += (model.curvature.empty() ? "" : ",") + shortest(one);
  if (model.start == 0 && model.noise == 0 && model.minima == 0)
    throw Error(ExitCode::usage, "--model quadratic has start=0 and noise=0", "its error is always 0",
                "give a start or a noise above 0");
}

Quadratic parse_model(std::string_view text) {
  return std::get<0>(parse_alternative<std::variant<Quadratic>>(text, "--model"));
}

void require_below_start(Quadratic const& model, double error, std::string const& option) {
  std::vector<double> const start(model.curvatures.size(), model.start);
  double const at_start = model.error(start.data());
  if (error < at_start) return;
  throw Error(ExitCode::usage,
              option + " is not below the error at the start, " + shortest(round_to_digits(at_start, 4)),
              "no training is needed for it", "give a smaller error, or start= in --model");
}

std::string canonical_spec(Quadratic const& model) { return canonical_text(model); }

std::string model_help() {
  std::string text;
  for_each_parameter<Quadratic>([&](auto const& parameter) {
    std::string const key = std::string(parameter.key) + "=";
    text += "  " + key + std::string(12 - key.size(), ' ') + std::string(parameter.meaning) + "\n";
  });
  return text;
}

}  // namespace dsgd
