#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/recommend_options.hpp"
#include "cli/result_files.hpp"
#include "cli/watch.hpp"
#include "cli/what_options.hpp"
#include "recommend/recommend_text.hpp"
#include "text/warn.hpp"

namespace dsgd {
namespace {

struct RecommendOptions {
  std::vector<std::string> argv;
  RecommendTexts what;
  std::string progress = "auto";
  OutputOptions files;
};

void run_recommend(RecommendOptions const& options) {
  RecommendRequest request = parse_recommend_request(options.what);
  Watch const watch(options.progress);
  request.stop = watch.stop();
  request.meter = watch.meter();
  ResultFiles files(options.files, {{}, files_of_laws(request.sweep.typed_laws)});
  std::optional<OutputFile> table;
  if (!files.take_stdout()) table.emplace("-");

  Recommendation const recommendation =
      watch.run([&] { return recommend(request, options.what.unit, options.argv); });
  for (std::string const& note : recommendation.notes) inform(note);
  for (std::string const& warning : recommendation.warnings) warn(warning);
  std::vector<std::optional<std::string>> contents;
  for (std::size_t i = 0; i < files.size(); ++i)
    contents.emplace_back(recommend_text(recommendation, files.format(i).name));
  files.write(contents);
  if (table) table->commit(recommend_table(recommendation));
}

constexpr char const* how_candidates_compare =
    "Goals: throughput is the most gradients per time; cost the fewest workers' time per gradient; "
    "noise-scale=B the least time to a given progress where gradients have a noise scale of B mini-batches, "
    "as "
    "it takes 1 + B / N times as many updates with N mini-batches each. error=E is the least time until the "
    "mean error of SGD is E, time=T the least mean error at the time T, as 'dsgd race' has them, each "
    "candidate at its own best learning rate.\n\n"
    "Without --strategy, candidates are sync, backup with spares up to a quarter of the workers, and async, "
    "k-async and k-batch-async; with --communication, for which these do not wait, local-sgd in their place; "
    "with --server those of them whose workers go on. "
    "Other goals than error= and time= count neither that gradients are stale nor that local models drift "
    "apart: where the best "
    "candidate "
    "has such gradients, the best one with fresh gradients is named, too.\n\n"
    "Intervals are of each ratio to the best candidate. Under measured times they are over tables whose "
    "steps "
    "(replay:) or times (empirical:) are drawn from those measured, in blocks of steps where neighbours are "
    "alike; else over draws, where a mean is not known exactly. For error= and time= they are over runs of "
    "training, and over 40 tables of measured times, whatever --bootstrap says. Exact ratios have none. What "
    "is "
    "tied cannot be "
    "told apart from the best: its interval reaches 1. Under exponential delays it pays to wait for few, as "
    "the rest of a delay is as long as a fresh one: candidates that would be worse than sync under gamma "
    "delays of the same shift and mean and half the deviation are marked exp, where both means are known "
    "exactly; for error= and time= the best one is looked at.\n\n"
    "With several laws, such as those that 'dsgd fit' says hold, the last line is the candidate that loses "
    "least under the law that it loses most under.\n\n"
    "Files have, for each candidate: gradients (mini-batches that enter an update), mean (of an update's "
    "time) "
    "and whether it is exact, value (by the goal), ratio to the best with ratio_low and ratio_high, "
    "fresh, staleness, tied, near, exponential_only, learning_rate.\n\n"
    "Examples:\n"
    "  dsgd recommend --law replay:file=times.csv:column=ms:worker=rank:step=step\n"
    "  dsgd recommend -m 64 --law lognormal:mu=0:sigma=0.5 --strategy sync,backup:spare=1..16\n"
    "  dsgd recommend -m 8:64:8 --law gamma:shape=2:rate=1:shift=3 --goal noise-scale=500\n"
    "  dsgd recommend -m 8 --law gamma:shape=2:rate=1:shift=3 --goal error=0.01 --model "
    "quadratic:curvature=1,0.1\n";

}  // namespace

void add_recommend_command(CLI::App& app, std::vector<std::string> const& argv) {
  auto const options = std::make_shared<RecommendOptions>();
  options->argv = argv;
  CLI::App& command =
      *app.add_subcommand("recommend", "Which strategy and how many workers, and how sure that is");
  RecommendTexts& what = options->what;
  add_swept_options(command, &what.what);
  command.get_option("--strategy")
      ->description("Candidates; 'dsgd help sweep' lists them [see below]. Repeatable");
  command
      .add_option("--communication", what.what.communication,
                  "Time of an update's communication; 'dsgd help sweep' lists its forms [none]")
      ->type_name("SPEC");
  add_jobs_options(command, &what.what);
  command.add_option("--goal", what.goal, "throughput, cost, noise-scale=B, error=E or time=T [throughput]")
      ->type_name("GOAL");
  command
      .add_option("--model", what.model,
                  "What is trained for error= and time=; 'dsgd help race' has its keys [quadratic]")
      ->type_name("SPEC");
  command.add_option("--within", what.within, "Candidates this near to the best are marked, 0 to 99 % [1%]")
      ->type_name("SHARE");
  command
      .add_option("-n,--iterations", what.what.iterations,
                  "Iterations, or runs of training, of candidates that are not known exactly [40000]")
      ->type_name("N");
  command.add_option("--bootstrap", what.bootstrap, "Tables drawn from measured times, 39 to 1000000 [400]")
      ->type_name("N");
  command.add_option("-s,--seed", what.what.seed, "Seed, 0 to 2^64 - 1 [1]")->type_name("N");
  command.add_option("--threads", what.threads, "Threads, 1 to 4096 [all cores]")->type_name("N");
  command.add_option("--unit", what.unit, "Unit of the times, a label [none]")->type_name("TEXT");
  add_progress_option(command, &options->progress);
  options->files.add_to(command);
  command.footer(how_candidates_compare);
  command.callback([options] { run_recommend(*options); });
}

}  // namespace dsgd
