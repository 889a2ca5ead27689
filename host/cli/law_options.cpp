#include "cli/law_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "dsgd/error.hpp"
#include "spec/spec.hpp"
#include "text/nearest_name.hpp"
#include "text/number.hpp"

namespace dsgd {

void LawOptions::add_to(CLI::App& command) {
  std::string forms;
  for (SpecHelp const& law : law_help()) forms.append(forms.empty() ? "" : ", ").append(law.form);
  command
      .add_option("--law", laws, "Law of a worker's delay: " + forms + " [exponential:rate=2]. Repeatable")
      ->type_name("SPEC")
      ->allow_extra_args(false);
  command.add_option("--rate", rate, "Short for --law exponential:rate=R; R is per unit of time")
      ->type_name("R");
}

std::vector<Fleet> LawOptions::parse() const {
  if (rate && !laws.empty())
    throw Error(ExitCode::usage,
                "--rate and --law are both given (--rate is short for a --law): give one of them");
  if (rate) {
    auto const& [parameter] = Exponential::parameters();
    return {Law{Exponential{parse_real(*rate, "--rate", parameter.low, parameter.high)}}};
  }
  if (laws.empty()) return {Law{Exponential{}}};
  std::vector<Fleet> parsed;
  std::vector<std::string> seen;
  for (std::string const& text : laws) {
    parsed.push_back(parse_fleet(text));
    std::string const spec = canonical_spec(parsed.back());
    if (std::find(seen.begin(), seen.end(), spec) != seen.end())
      throw Error(ExitCode::usage,
                  "--law " + spec + " is given twice (its points would be the same): give it once");
    seen.push_back(spec);
  }
  return parsed;
}

Draws parse_draws(std::string const& name) {
  if (name == "independent") return Draws::independent;
  if (name == "common") return Draws::common;
  throw unknown_value("--draws", name, {"independent", "common"});
}

}  // namespace dsgd
