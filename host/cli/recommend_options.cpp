#include "cli/recommend_options.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include "cli/engine_options.hpp"
#include "dsgd/error.hpp"
#include "race/model.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t fewest_runs = 40;  ///< of training: two in each of 20 batches
constexpr std::uint64_t most_runs = 0xffffffff;

}  // namespace

RecommendRequest parse_recommend_request(RecommendTexts const& texts) {
  RecommendRequest request;
  request.goal = parse_goal(texts.goal);
  if (texts.model && !is_raced(request.goal))
    throw Error(ExitCode::usage, "--model is not used by --goal " + goal_text(request.goal),
                "no model is trained for it", "give --goal error=E or time=T, or leave --model out");
  if (texts.model) request.model = parse_model(*texts.model);
  if (is_raced(request.goal)) parse_count(texts.what.iterations, "--iterations", fewest_runs, most_runs);
  request.within = parse_share(texts.within, "--within", 0, 0.99);
  request.replicates = static_cast<std::uint32_t>(parse_count(texts.bootstrap, "--bootstrap", 39, 1'000'000));
  request.threads = ThreadAndDevice{texts.threads, std::nullopt}.parse().threads;
  check_unit(texts.unit);
  request.names_strategies = !texts.what.strategies.empty();
  request.sweep = parse_request(texts.what);
  if (is_raced(request.goal))
    for (auto const& [is_given, option] :
         {std::pair{request.sweep.sweep.server.has_value(), "--server"},
          std::pair{request.sweep.sweep.stragglers.has_value(), "--stragglers"}})
      if (is_given)
        throw Error(ExitCode::usage,
                    std::string(option) + " is not used by --goal " + goal_text(request.goal),
                    "races are of independent jobs without a server",
                    std::string("leave ") + option + " out, or ask for throughput, cost or noise-scale=B");
  return request;
}

}  // namespace dsgd
