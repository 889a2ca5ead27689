#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "bench/bench_text.hpp"
#include "bench/measure.hpp"
#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/engine_options.hpp"
#include "cli/result_files.hpp"
#include "dsgd/draw/address.hpp"
#include "dsgd/error.hpp"
#include "engines/choose.hpp"
#include "output/provenance.hpp"
#include "request/worker_list.hpp"
#include "text/number.hpp"
#include "text/split.hpp"
#include "text/value_list.hpp"

namespace dsgd {
namespace {

struct BenchOptions {
  std::vector<std::string> argv;
  std::string engines = "all";
  std::string workers = "1,20,64,256,1024,65536";
  std::optional<std::string> iterations;
  std::string repeat = "7";
  ThreadAndDevice hardware;
  std::optional<std::string> output;
};

std::vector<EngineRow const*> parse_engines(std::string const& names) {
  std::vector<EngineRow const*> rows;
  if (names == "all") return usable_engines();
  for (std::string_view const name : split(names, ',')) {
    rows.push_back(&find_engine(name));
    if (std::count(rows.begin(), rows.end(), rows.back()) > 1)
      throw Error(ExitCode::usage, "--engine names " + std::string(name) + " twice",
                  "it would be measured twice", "name it once");
  }
  return rows;
}

/// The figures are written as JSON, whatever the name: one that promises another format is refused.
void run_bench(BenchOptions const& options) {
  std::vector<std::uint64_t> const workers = parse_workers(options.workers);
  std::vector<std::uint64_t> const iterations =
      options.iterations ? parse_count_list(*options.iterations, "--iterations", 1, max_iterations)
                         : std::vector<std::uint64_t>{0};
  BenchRequest request{};
  request.repeat = static_cast<unsigned>(parse_count(options.repeat, "--repeat", 1, 1000));
  EngineOptions const engine_options = options.hardware.parse();
  std::vector<EngineRow const*> const engines = parse_engines(options.engines);
  check_devices(engines, engine_options);
  if (options.output) require_json_name(*options.output, "bench");
  OutputFile table("-");
  std::optional<OutputFile> file;
  if (options.output) file.emplace(*options.output);

  Provenance const provenance = provenance_now(options.argv);
  std::vector<BenchRow> rows;
  for (EngineRow const* const engine : engines)
    for (std::uint64_t const m : workers)
      for (std::uint64_t const n : iterations) {
        request.workers = static_cast<std::uint32_t>(m);
        request.iterations = n;
        rows.push_back(measure(*engine, engine_options, request));
      }

  if (file) {
    std::string const json = bench_json(rows, provenance);
    file->stage(json);
    file->commit(json);
    if (file->is_stdout()) return;
  }
  table.commit(bench_table(rows));
}

}  // namespace

void add_bench_command(CLI::App& app, std::vector<std::string> const& argv) {
  auto const options = std::make_shared<BenchOptions>();
  options->argv = argv;
  CLI::App& command = *app.add_subcommand(
      "bench", "Measure the speed of engines, and compare it with what the machine can do");
  command
      .add_option("--engine", options->engines,
                  "Engines, commas between them, or all that this machine has [all]")
      ->type_name("NAME");
  command.add_option("-m,--workers", options->workers, "Numbers of workers [1,20,64,256,1024,65536]")
      ->type_name("LIST");
  command
      .add_option("-n,--iterations", options->iterations,
                  "Iterations of a run, in the forms of --workers [as many as take 0.2 s]")
      ->type_name("LIST");
  command.add_option("--repeat", options->repeat, "Timed runs of each measurement, 1 to 1000 [7]")
      ->type_name("N");
  options->hardware.add_to(command);
  command.add_option("-o,--output", options->output, "Write all figures as JSON; '-' is standard output")
      ->type_name("FILE");
  command.footer(
      "Each engine's answer is compared with reference before it is timed. One run computes mean, variance "
      "and extremes of both the slowest and the fastest worker. The clock is measured around every run by a "
      "chain of dependent multiplications. ceiling is the share of what the machine could do: of the vector "
      "ports at that clock (cpu), of copying memory, where a delay is written once and read once "
      "(cpu-materialized), or on a GPU of its wide multiplies (cuda) or its memory (cuda-materialized). The "
      "last three are measured after the runs.\n\n"
      "Examples:\n"
      "  dsgd bench                                    every engine, six fleets: a few minutes\n"
      "  dsgd bench --engine cpu -m 1024 --threads 1   one core at its limit\n"
      "  dsgd bench -m 20,1024 -n 1e3:1e7:x10          over workers and iterations\n");
  command.callback([options] { run_bench(*options); });
}

}  // namespace dsgd
