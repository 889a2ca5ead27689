#include <CLI/CLI.hpp>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/law_options.hpp"
#include "dsgd/error.hpp"
#include "output/grid.hpp"
#include "output/readable.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t max_drawn_workers = 100'000;  ///< whose lines are kept in memory, to be aligned

struct DrawOptions {
  std::string workers = "20";
  std::string iteration = "0";
  std::string seed = "1";
  std::string draws = "independent";
  LawTexts law;
};

std::string hexadecimal(std::uint32_t word) {
  std::array<char, 9> text{};
  std::snprintf(text.data(), text.size(), "%08x", word);
  return text.data();
}

/// The probability of a longer delay, rounded to a double; the words are exact.
double survival(std::uint32_t k, std::uint32_t t) {
  if (!needs_tail(k)) return std::ldexp(k + 0.5, -32);
  bool const upper_end = k >= tail_cells;
  double const distance = std::ldexp(upper_end ? ~k : k, -32) + std::ldexp(t + 0.5, -64);
  return upper_end ? 1 - distance : distance;
}

void print_draws(DrawOptions const& options) {
  auto const workers =
      static_cast<std::uint32_t>(parse_count(options.workers, "--workers", 1, max_drawn_workers));
  std::uint64_t const iteration = parse_count(options.iteration, "--iteration", 0, max_iterations - 1);
  Sweep sweep;
  sweep.seed = parse_count(options.seed, "--seed", 0, ~std::uint64_t{0});
  sweep.draws = parse_draws(options.draws);
  std::vector<SweptFleet> const fleets = parse_laws(options.law).fleets;
  if (fleets.size() > 1)
    throw Error(ExitCode::usage, "--law is given twice", "draw shows one law", "give it once");
  if (!fleets.front().fleet().equal())
    throw Error(ExitCode::usage, "--law is a fleet of several laws", "draw shows one law",
                "give one of them");
  if (!fleets.front().has(workers))
    throw Error(ExitCode::usage, "--law has " + std::to_string(*fleets.front().size()) + " workers",
                "--workers is " + std::to_string(workers), "give the same number to both");
  Law const& law = fleets.front().fleet().law();
  Stream const stream = stream_of(sweep, OrderStatistic{1}, workers);

  std::vector<GridRow> rows;
  for (std::uint32_t worker = 0; worker < workers; ++worker) {
    std::uint32_t const k = draw_word(stream, iteration, worker);
    std::uint32_t const t = tail_word(stream, iteration, k);
    float const excess = std::visit([&](auto const& l) { return l.excess(k, t); }, sampler(law));
    rows.push_back({std::to_string(worker), hexadecimal(k), needs_tail(k) ? hexadecimal(t) : "-",
                    shortest(survival(k, t)), shortest(origin(law) + static_cast<double>(excess))});
  }
  Align const r = Align::right;
  std::string const spec = short_spec(canonical_spec(law));
  std::string const which = "seed " + std::to_string(sweep.seed) + ", stream " + std::to_string(stream.id) +
                            ", iteration " + std::to_string(iteration);
  bool const fits = spec.size() + 2 + which.size() <= line_width;
  std::string const title = spec + (fits ? ", " : "\n") + which + "\n\n";
  write_all(1, title + aligned({"worker", "word", "tail", "u", "delay"}, {r, r, r, r, r}, rows),
            "standard output");
}

}  // namespace

void add_draw_command(CLI::App& app) {
  auto const options = std::make_shared<DrawOptions>();
  CLI::App& command =
      *app.add_subcommand("draw", "Print the draws of one iteration: worker, word, tail word, u, delay");
  command.add_option("-m,--workers", options->workers, "Number of workers, 1 to 100000 [20]")->type_name("M");
  command.add_option("-i,--iteration", options->iteration, "Number of the iteration, 0 to 2^50 - 1 [0]")
      ->type_name("N");
  command.add_option("-s,--seed", options->seed, "Seed of all draws, 0 to 2^64 - 1 [1]")->type_name("N");
  command.add_option("--draws", options->draws, "independent or common, as in a sweep [independent]")
      ->type_name("CHOICE");
  add_law_options(command, &options->law);
  command.footer(
      "word and tail are hexadecimal. A tail word refines words near either end and is '-' elsewhere. "
      "u is the probability of a longer delay; delay is in the unit of the law. Two machines that print the "
      "same lines compute the same results.\n\n"
      "Examples:\n"
      "  dsgd draw -m 4                    the first iteration of the notebook's sweep at m = 4\n"
      "  dsgd draw -m 4 -i 4999 --rate 1   the last iteration, with mean delay 1\n");
  command.callback([options] { print_draws(*options); });
}

}  // namespace dsgd
