#include "cli/law_options.hpp"

#include <CLI/CLI.hpp>

#include "spec/spec.hpp"

namespace dsgd {

void add_law_options(CLI::App& command, LawTexts* texts) {
  std::string forms;
  for (SpecHelp const& law : law_help()) forms.append(forms.empty() ? "" : ", ").append(law.form);
  command
      .add_option("--law", texts->laws,
                  "Law of a worker's delay: " + forms + " [exponential:rate=2]. Repeatable")
      ->type_name("SPEC")
      ->allow_extra_args(false);
  command.add_option("--rate", texts->rate, "Short for --law exponential:rate=R; R is per unit of time")
      ->type_name("R");
}

}  // namespace dsgd
