#include "recommend/decision.hpp"

#include <algorithm>
#include <optional>

#include "exact/moments.hpp"
#include "output/readable.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr int few_digits = 4;
constexpr std::size_t most_named = 2;  ///< candidates that are named where several are as good

std::string few(double value) { return shortest(round_to_digits(value, few_digits)); }

/// @param what  the ratio is of, before its interval
std::string ratio_text(Ratio const& ratio, std::string const& what) {
  std::string text = few(ratio.value) + what;
  if (ratio.low) text += " (95 %: " + few(*ratio.low) + " to " + few(*ratio.high) + ")";
  return text;
}

bool has_several_sizes(std::vector<Candidate> const& candidates) {
  return std::any_of(candidates.begin(), candidates.end(),
                     [&](Candidate const& one) { return one.workers != candidates.front().workers; });
}

std::string name(Candidate const& candidate, bool with_workers) {
  return candidate.strategy + (with_workers ? " with " + counted(candidate.workers, "worker") : "");
}

/// "a", "a and b", "a, b and 3 others".
std::string listed(std::vector<std::string> const& names) {
  std::string text = names.front();
  std::size_t const named = std::min(names.size(), most_named);
  std::size_t const others = names.size() - named;
  for (std::size_t i = 1; i < named; ++i) text += (i + 1 < named || others > 0 ? ", " : " and ") + names[i];
  if (others > 0) text += " and " + counted(others, "other");
  return text;
}

/// Those that cannot be told apart from the one that is chosen. Stale ones stand apart where its own gradients are fresh.
std::string ties_text(LawRecommendation const& law, Choice const& choice, bool with_workers) {
  std::vector<std::string> names, stale;
  for (std::size_t const place : choice.tied) {
    Candidate const& tied = law.candidates[place];
    bool const is_staler = law.candidates[choice.candidate].is_fresh && !tied.is_fresh;
    (is_staler ? stale : names).push_back(name(tied, with_workers));
  }
  std::string text;
  if (!names.empty()) text += "; " + listed(names) + " cannot be told apart from it";
  if (!stale.empty()) text += "; " + listed(stale) + " may do as much, with stale gradients";
  return text;
}

/// What gradients are of that are not of the last model.
std::string age_text(Candidate const& candidate) {
  if (candidate.is_fresh) return {};
  if (!candidate.staleness) return ", whose gradients are not of the last model";
  std::string const age = few(*candidate.staleness);
  return ", whose gradients are " + age + (age == "1" ? " update" : " updates") + " old on average";
}

/// How much more one has than sync.
std::string beside_sync(Goal const& goal, Ratio const& ratio) {
  switch (goal.kind) {
    case Goal::Kind::throughput:
      return ratio_text(ratio, " times sync's");
    case Goal::Kind::cost:
      return "sync costs " + ratio_text(ratio, " times as much");
    case Goal::Kind::time:
      return "sync's is " + ratio_text(ratio, " times as large");
    case Goal::Kind::noise_scale:
    case Goal::Kind::error:
      break;
  }
  return "sync takes " + ratio_text(ratio, " times as long");
}

/// When an error is there, or which one at a time.
std::string raced_text(std::string const& value, Goal const& goal, std::string const& unit) {
  std::string const level = shortest(goal.level), of_unit = unit.empty() ? "" : " " + unit;
  if (goal.kind == Goal::Kind::error) return "mean error " + level + " at " + value + of_unit;
  return "mean error " + value + " at " + level + of_unit;
}

/// Its value, and what that is beside sync.
std::string facts_text(LawRecommendation const& law, Choice const& choice, Goal const& goal,
                       std::string const& unit) {
  std::string text;
  std::string const value = few(law.candidates[choice.candidate].value);
  if (is_raced(goal)) {
    text = ": " + raced_text(value, goal, unit);
  } else if (goal.kind != Goal::Kind::noise_scale) {
    text = ": " + value + " " + value_meaning(goal, unit);
  }
  if (choice.of_sync) text += (text.empty() ? ": " : ", ") + beside_sync(goal, *choice.of_sync);
  return text;
}

/// A candidate, and what it has of the best under the law under which that is least.
struct Robust {
  Candidate const* candidate;
  double share = infinite;
  std::string law = {};
};

Candidate const* find(LawRecommendation const& law, Candidate const& candidate) {
  auto const same = std::find_if(law.candidates.begin(), law.candidates.end(), [&](Candidate const& other) {
    return other.strategy == candidate.strategy && other.workers == candidate.workers;
  });
  return same == law.candidates.end() ? nullptr : &*same;
}

/// The best of a law's candidates, or of those with fresh gradients.
Candidate const* best_of(LawRecommendation const& law, bool fresh) {
  auto const first = std::find_if(law.candidates.begin(), law.candidates.end(),
                                  [&](Candidate const& candidate) { return !fresh || candidate.is_fresh; });
  return first == law.candidates.end() ? nullptr : &*first;
}

/// @param fresh  looks at candidates with fresh gradients alone
/// @return       nothing where the laws have no candidate in common
std::optional<Robust> most_robust(std::vector<LawRecommendation> const& laws, bool fresh) {
  constexpr double rounding = 1e-9;
  std::optional<Robust> best;
  for (Candidate const& candidate : laws.front().candidates) {
    if (fresh && !candidate.is_fresh) continue;
    Robust worst{&candidate};
    bool in_all = true;
    for (LawRecommendation const& law : laws) {
      Candidate const* const same = find(law, candidate);
      in_all = in_all && same != nullptr;
      if (!in_all) break;
      double const share = same->of_best.value / best_of(law, fresh)->of_best.value;
      if (share < worst.share) worst = {&candidate, share, law.law};
    }
    if (in_all && (!best || worst.share > best->share + rounding)) best = worst;
  }
  return best;
}

std::string loss_text(Robust const& robust, double within, std::string const& best) {
  if (robust.share >= 1 - within) return "it is within " + few(100 * within) + " % of" + best + " under each";
  return "it loses at most " + few(100 * (1 - robust.share)) + " % to" + best + ", under " +
         short_spec(robust.law);
}

}  // namespace

std::string decision_text(LawRecommendation const& law, Goal const& goal, std::string const& unit) {
  Candidate const& best = law.candidates[law.best.candidate];
  bool const with_workers = has_several_sizes(law.candidates);
  if (law.candidates.size() == 1) return name(best, true) + " is the only candidate";
  std::string text = "choose " + name(best, with_workers);
  text += age_text(best);
  text += facts_text(law, law.best, goal, unit);
  text += ties_text(law, law.best, with_workers);
  if (law.fresh) {
    Candidate const& fresh = law.candidates[law.fresh->candidate];
    text += "; where gradients must be fresh choose " + name(fresh, with_workers);
    text += facts_text(law, *law.fresh, goal, unit);
    text += ties_text(law, *law.fresh, with_workers);
  }
  if (best.only_exponential)
    text += "; only the exponential tail favours it: under gamma delays of half the deviation sync is better";
  return text;
}

std::string overall_decision(std::vector<LawRecommendation> const& laws, double within) {
  if (laws.size() == 1) return laws.front().decision;
  std::optional<Robust> const best = most_robust(laws, false);
  if (!best) return "the laws have no candidate in common: each has its own answer above";
  bool const with_workers = has_several_sizes(laws.front().candidates);
  std::string text = "under all " + std::to_string(laws.size()) + " laws choose " +
                     name(*best->candidate, with_workers) + age_text(*best->candidate) + ": " +
                     loss_text(*best, within, " the best");
  bool const is_trained = best->candidate->learning_rate.has_value();  // and what is stale is counted
  if (best->candidate->is_fresh || is_trained) return text;
  std::optional<Robust> const fresh = most_robust(laws, true);
  if (!fresh) return text;
  return text + "; where gradients must be fresh choose " + name(*fresh->candidate, with_workers) + ": " +
         loss_text(*fresh, within, " the best of these");
}

}  // namespace dsgd
