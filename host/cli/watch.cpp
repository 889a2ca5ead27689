#include "cli/watch.hpp"

#include "dsgd/error.hpp"

namespace dsgd {

void add_progress_option(CLI::App& command, std::string* form) {
  command
      .add_option(
          "--progress", *form,
          "auto, bar, text or none, on stderr; auto is a bar on a terminal and nothing elsewhere [auto]")
      ->type_name("FORM");
}

void Watch::report_stop() const {
  throw Error(static_cast<ExitCode>(stop_.exit_code()), "stopped by " + stop_.reason(),
              "nothing was written, and nothing is kept", "run the same command again");
}

void Watch::require_drawn(bool are_drawn) const {
  if (are_drawn) return;
  throw Error(static_cast<ExitCode>(stop_.exit_code()), "stopped by " + stop_.reason(),
              "while figures were drawn: they are not all there, but all --output files are",
              "run the same command again");
}

}  // namespace dsgd
