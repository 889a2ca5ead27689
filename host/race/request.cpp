#include "race/request.hpp"

#include <algorithm>

#include "dsgd/error.hpp"
#include "race/model.hpp"
#include "text/nearest_name.hpp"
#include "text/number.hpp"
#include "text/value_list.hpp"

namespace dsgd {
namespace {

/// The paper's four.
constexpr char const* default_strategies = "sync,k-sync:k=50%,k-async:k=50%,async";
constexpr char const* default_workers = "8";

constexpr double latest_time = 1e30;  ///< of the times, so that they are 32-bit numbers, too
constexpr std::uint64_t most_replications = 0xffffffff;
constexpr std::uint64_t latest_updates = 100'000'000;

}  // namespace

RaceRequest parse_race_request(RaceTexts const& texts) {
  RaceRequest request;
  request.model = parse_model(texts.model);
  if (texts.learning_rate != "best") {
    if (texts.learning_rate.find_first_of("0123456789") == std::string::npos && !texts.learning_rate.empty())
      throw Error(ExitCode::usage, quoted("--learning-rate", texts.learning_rate) + " is unknown",
                  did_you_mean(texts.learning_rate, {"best"}, "neither a number nor best"),
                  "give rates such as 0.05,0.1,0.2, or best");
    request.learning_rates = parse_real_list(texts.learning_rate, "--learning-rate", 1e-12, 1e12);
  }
  if (texts.times) request.times = parse_real_list(*texts.times, "--times", 0, latest_time);
  if (texts.updates) request.updates = parse_count_list(*texts.updates, "--updates", 0, latest_updates);
  if (texts.target) request.target = parse_real(*texts.target, "--target", 1e-30, latest_time);
  if (request.target) require_below_start(request.model, *request.target, "--target " + *texts.target);
  if (request.target && request.times.empty() && !request.updates.empty())
    throw Error(ExitCode::usage, "--target needs --times", "the target is looked for until the last of them",
                "give the time at which to give up");
  request.curves = texts.curves;
  if (request.curves && request.times.empty() && !request.updates.empty())
    throw Error(ExitCode::usage, "--plot needs --times", "errors are drawn against time",
                "give the last time of the figure");
  SweepTexts what = texts.what;
  parse_count(what.iterations, "--replications", 2, most_replications);
  if (what.strategies.empty()) what.strategies = {default_strategies};
  ParsedLaws laws = parse_laws(what.law);
  bool const has_any_size = std::any_of(laws.fleets.begin(), laws.fleets.end(),
                                        [](SweptFleet const& fleet) { return !fleet.size(); });
  if (!what.workers && has_any_size) what.workers = default_workers;
  request.sweep.sweep = parse_sweep(what, std::move(laws.fleets));
  request.sweep.typed_laws = std::move(laws.typed);
  return request;
}

}  // namespace dsgd
