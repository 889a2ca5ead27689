#include "cli/what_options.hpp"

#include <CLI/CLI.hpp>
#include <utility>

#include "cli/law_options.hpp"
#include "spec/spec.hpp"

namespace dsgd {

void add_swept_options(CLI::App& command, SweepTexts* texts) {
  command
      .add_option(
          "-m,--workers", texts->workers,
          "Numbers of workers: 20, 1:20, 10:100:10, 1:1024:x2, commas between them; 1 to 16777215 [1:20]")
      ->type_name("LIST");
  add_law_options(command, &texts->law);
  command
      .add_option("--strategy", texts->strategies,
                  "Whom the server waits for; listed below [sync,async]. Repeatable")
      ->type_name("SPEC[,SPEC...]")
      ->allow_extra_args(false);
}

void add_runtime_options(CLI::App& command, SweepTexts* texts) {
  command
      .add_option(
          "--sampling", texts->sampling,
          "workers: draw the delay of every worker; order-statistics: draw the order statistic itself, "
          "at a cost that does not depend on the workers, up to 2^62 - 1 of them [workers]")
      ->type_name("CHOICE");
  command
      .add_option("--communication", texts->communication,
                  "Time of an update's communication, added once per update under every strategy but async, "
                  "k-async, k-batch-async and ssp; listed below [none]")
      ->type_name("SPEC");
  add_jobs_options(command, texts);
  command
      .add_option("--quantiles", texts->quantiles,
                  "Quantiles of the runtime with 95 % intervals, such as 0.5,0.99 or 50%,99% [none]")
      ->type_name("LIST");
}

void add_jobs_options(CLI::App& command, SweepTexts* texts) {
  command
      .add_option("--server", texts->server,
                  "Law of the time that an update takes at the server, which takes one after the other; who "
                  "has brought it "
                  "waits meanwhile (strategies whose workers go on) [none]")
      ->type_name("LAW");
  command
      .add_option("--stragglers", texts->stragglers,
                  "Workers that are slow for a while: probabilities of being slow and as usual again in the "
                  "next job, "
                  "and how many times as long a slow job takes [none]")
      ->type_name("enter=P:leave=P:factor=C");
}

void add_updates_option(CLI::App& command, SweepTexts* texts) {
  command
      .add_option("--updates", texts->updates,
                  "Also the time of N updates in a row, where they are independent [none]")
      ->type_name("N");
}

std::vector<std::string> files_of_laws(std::vector<std::string> const& laws) {
  std::vector<std::string> files;
  for (std::string const& law : laws)
    for (std::string& file : files_of(law)) files.push_back(std::move(file));
  return files;
}

}  // namespace dsgd
