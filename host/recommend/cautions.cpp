#include "recommend/cautions.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "dsgd/expects.hpp"
#include "output/readable.hpp"
#include "spec/parameters.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"

namespace dsgd {
namespace {

constexpr double nearly_always = 0.9;    ///< share of the steps
constexpr std::size_t most_workers = 4;  ///< of workers
constexpr std::size_t most_bytes = 40;   ///< of a worker's name

/// A parameter of a strategy as a number: a share of the workers is one of them.
struct Key {
  std::string_view name;
  double value, low, high;
  bool is_whole;
};

std::vector<Key> keys_of(Strategy const& strategy, std::uint64_t workers) {
  std::vector<Key> keys;
  auto const m = static_cast<double>(workers);
  std::visit(
      [&]<class T>(T const& one) {
        for_each_parameter<T>([&](auto const& parameter) {
          auto const& value = one.*parameter.value;
          if constexpr (std::is_same_v<std::decay_t<decltype(value)>, Share>) {
            double const of_workers = parameter.low;  // 0 where so many may be spared, but one
            keys.push_back({parameter.key, static_cast<double>(value.of(workers)), of_workers,
                            of_workers == 0 ? m - 1 : m, true});
          } else if constexpr (std::is_arithmetic_v<std::decay_t<decltype(value)>>) {
            keys.push_back({parameter.key, static_cast<double>(value), parameter.low, parameter.high,
                            !std::is_floating_point_v<std::decay_t<decltype(value)>>});
          }
        });
      },
      strategy);
  return keys;
}

/// The value of its only key at which a strategy is another one.
std::optional<double> value_as(Strategy const& other, Strategy const& strategy, std::uint64_t workers) {
  auto const all = static_cast<double>(workers);
  bool const is_sync = std::holds_alternative<Sync>(other);
  if (std::holds_alternative<Backup>(strategy) || std::holds_alternative<GradientCoding>(strategy) ||
      std::holds_alternative<Ssp>(strategy))
    return is_sync ? std::optional(0.0) : std::nullopt;
  if (std::holds_alternative<LocalSgd>(strategy)) return is_sync ? std::optional(1.0) : std::nullopt;
  if (std::holds_alternative<KSync>(strategy) && std::holds_alternative<Fastest>(other)) return 1;
  bool const waits_for_k =
      std::holds_alternative<KSync>(strategy) || std::holds_alternative<KAsync>(strategy);
  if (waits_for_k && is_sync) return all;
  bool const goes_on =
      std::holds_alternative<KAsync>(strategy) || std::holds_alternative<KBatchAsync>(strategy);
  if (goes_on && std::holds_alternative<Async>(other)) return 1;
  return std::nullopt;
}

/// The values of a key that were tried with all else as the chosen one has it.
std::vector<double> tried_values(Point const& chosen, std::size_t key, std::span<Point const> points) {
  std::vector<Key> const own = keys_of(chosen.strategy, chosen.workers());
  std::vector<double> values;
  for (Point const& point : points) {
    if (point.workers() != chosen.workers()) continue;
    if (auto const same = value_as(point.strategy, chosen.strategy, chosen.workers()))
      values.push_back(*same);
    if (point.strategy.index() != chosen.strategy.index()) continue;
    std::vector<Key> const keys = keys_of(point.strategy, point.workers());
    bool is_alike = true;
    for (std::size_t other = 0; other < keys.size(); ++other)
      is_alike = is_alike && (other == key || keys[other].value == own[other].value);
    if (is_alike) values.push_back(keys[key].value);
  }
  return values;
}

/// Says where the chosen one has the least or the greatest of the values that were tried, and others are possible.
void add_ends(std::vector<Caution>& all, Point const& chosen, std::span<Point const> points) {
  std::vector<Key> const keys = keys_of(chosen.strategy, chosen.workers());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].name == "communication") continue;  // nobody chooses it
    std::vector<double> const values = tried_values(chosen, i, points);
    auto const [least, greatest] = std::minmax_element(values.begin(), values.end());
    if (*least == *greatest) continue;
    bool const is_greatest = keys[i].value == *greatest && *greatest < keys[i].high;
    bool const is_least = keys[i].value == *least && *least > keys[i].low;
    if (!is_greatest && !is_least) continue;
    all.push_back(
        {Caution::About::end, canonical_spec(chosen.strategy) + " stands at the end of what was tried: a " +
                                  (is_greatest ? "greater " : "smaller ") + std::string(keys[i].name) +
                                  "= may do better, name some with --strategy"});
  }
}

/// How many of the measured steps leave out each worker.
std::vector<std::uint64_t> steps_left_out(Replay const& replay, Runtime const& form) {
  std::vector<double> const ends = replay.runtimes(form);
  std::vector<std::uint64_t> steps(replay.workers(), 0);
  for (std::size_t step = 0; step < ends.size(); ++step)
    for (std::size_t worker = 0; worker < steps.size(); ++worker)
      if (replay.time(worker, step) > ends[step]) ++steps[worker];
  return steps;
}

/// Says which workers hardly ever take part, as the same ones are slow in all steps.
void add_left_out(std::vector<Caution>& all, Point const& chosen) {
  Replay const* const replay = chosen.fleet.replay().get();
  Runtime const form = runtime_of_workers(chosen);
  bool const leaves_out =
      std::holds_alternative<OrderStatistic>(form) || std::holds_alternative<Deadlined>(form);
  if (replay == nullptr || !leaves_out || !meets(chosen.strategy)) return;
  std::vector<std::uint64_t> const steps = steps_left_out(*replay, form);
  std::vector<std::string> named;
  std::size_t count = 0;
  for (std::size_t worker = 0; worker < steps.size(); ++worker) {
    double const share = static_cast<double>(steps[worker]) / replay->steps();
    if (share < nearly_always) continue;
    if (++count <= most_workers)
      named.push_back(excerpt(replay->worker_name(worker), most_bytes) + " in " + percent_text(share, 3));
  }
  if (count == 0) return;
  std::string text;
  for (std::string const& one : named) text += (text.empty() ? "" : ", ") + one;
  if (count > most_workers) text += " and " + counted(count - most_workers, "other");
  all.push_back({Caution::About::workers, canonical_spec(chosen.strategy) + " leaves out the same " +
                                              (count == 1 ? "worker" : "workers") +
                                              " in nearly every step (" + text +
                                              " of them): what only they hold hardly enters"});
}

}  // namespace

std::vector<Caution> cautions(LawRecommendation const& law, std::span<Point const> points, Goal const& goal) {
  std::vector<std::size_t> places{law.best.candidate};
  if (law.fresh) places.push_back(law.fresh->candidate);
  std::vector<Caution> all;
  for (std::size_t const place : places) {
    Candidate const& candidate = law.candidates[place];
    auto const chosen = std::find_if(points.begin(), points.end(), [&](Point const& point) {
      return point.workers() == candidate.workers && canonical_spec(point.strategy) == candidate.strategy;
    });
    DSGD_EXPECTS(chosen != points.end());
    add_ends(all, *chosen, points);
    add_left_out(all, *chosen);
    if (goal.kind == Goal::Kind::cost && std::holds_alternative<Speculate>(chosen->strategy))
      all.push_back({Caution::About::copies,
                     "the cost of " + candidate.strategy +
                         " does not count its copies, as if they ran on workers that have arrived"});
  }
  return all;
}

}  // namespace dsgd
