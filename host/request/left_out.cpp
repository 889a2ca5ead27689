#include "request/left_out.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "dsgd/expects.hpp"
#include "spec/parameters.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// The parameter of a strategy that is some of the m workers: from `low` to m - 1 + low.
struct ShareRange {
  std::string key, strategy;
  std::uint64_t low = 1;

  std::string of(std::uint64_t workers) const {
    return key + " is in [" + std::to_string(low) + ", " + std::to_string(workers - 1 + low) + "]";
  }
  std::string of_any() const {
    return key + " of " + strategy + " is in " + (low == 0 ? "[0, m - 1]" : "[1, m]");
  }
};

/// @pre the strategy does not fit every number of workers
ShareRange share_range(Strategy const& strategy) {
  ShareRange range;
  std::visit(
      [&]<class T>(T const&) {
        for_each_parameter<T>([&](auto const& parameter) {
          if constexpr (std::is_same_v<std::decay_t<decltype(T{}.*parameter.value)>, Share>)
            range = {std::string(parameter.key), std::string(T::name),
                     static_cast<std::uint64_t>(parameter.low)};
        });
      },
      strategy);
  DSGD_EXPECTS(!range.key.empty());
  return range;
}

bool has_fleet_of(Sweep const& sweep, std::uint64_t workers) {
  return std::any_of(sweep.fleets.begin(), sweep.fleets.end(),
                     [workers](SweptFleet const& fleet) { return fleet.has(workers); });
}

}  // namespace

std::string points_left_out(Sweep const& sweep) {
  std::uint64_t of_fleets = 0, of_strategies = 0;
  std::vector<std::string> ranges;
  for (SweptFleet const& fleet : sweep.fleets)
    for (Strategy const& strategy : sweep.strategies)
      for (std::uint64_t const workers : sweep.workers) {
        if (!fleet.has(workers)) {
          ++of_fleets;
        } else if (!fits(strategy, workers)) {
          ++of_strategies;
          std::string range = share_range(strategy).of_any();
          if (std::find(ranges.begin(), ranges.end(), range) == ranges.end())
            ranges.push_back(std::move(range));
        }
      }
  if (of_fleets + of_strategies == 0) return {};
  std::size_t const all = sweep.fleets.size() * sweep.strategies.size() * sweep.workers.size();
  std::string text =
      std::to_string(of_fleets + of_strategies) + " of " + std::to_string(all) + " points left out: ";
  for (std::size_t i = 0; i < ranges.size(); ++i) text.append(i == 0 ? "" : ", ").append(ranges[i]);
  if (of_fleets != 0)
    text.append(ranges.empty() ? "" : "; ").append("a fleet has the workers that its --law names");
  return text;
}

bool takes_server(Point const& point) {
  if (!point.server) return true;
  Runtime const form = runtime(point);
  auto const* const clocks = std::get_if<Clocks>(&form);
  return clocks != nullptr && !std::holds_alternative<clock_rule::Rounds>(clocks->rule);
}

bool takes_stragglers(Point const& point) {
  return !point.stragglers || (!point.fleet.replay() && std::holds_alternative<Clocks>(runtime(point)));
}

Error no_point_remains(Sweep const& sweep) {
  auto const most = std::find_if(sweep.workers.rbegin(), sweep.workers.rend(),
                                 [&](std::uint64_t workers) { return has_fleet_of(sweep, workers); });
  if (most == sweep.workers.rend()) {
    SweptFleet const& fleet = sweep.fleets.front();
    std::uint64_t const size = fleet.size().value();
    return {ExitCode::usage, "--law " + typed_spec(fleet) + " has " + counted(size, "worker"),
            "--workers names other numbers, so that no point remains",
            "give -m " + std::to_string(size) + ", or leave --workers out"};
  }
  Strategy const& strategy = sweep.strategies.front();
  ShareRange const range = share_range(strategy);
  bool const any_size = std::any_of(sweep.fleets.begin(), sweep.fleets.end(),
                                    [](SweptFleet const& fleet) { return !fleet.size(); });
  return {ExitCode::usage, "--strategy " + canonical_spec(strategy) + " cannot be",
          range.of(*most) + " with " + std::to_string(*most) + " workers, so that no point remains",
          "give another " + range.key + (any_size ? ", or more --workers" : "")};
}

}  // namespace dsgd
