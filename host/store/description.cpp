#include "store/description.hpp"

#include <algorithm>
#include <cctype>

#include "dsgd/draw/address.hpp"
#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"
#include "text/split.hpp"

namespace dsgd {
namespace {

/// The one list of a description's entries: function(key, entry), the entry a text or a list of texts.
template <class Any, class Function>
void for_each_entry(Any& description, Function&& function) {
  function("arithmetic", description.arithmetic);
  function("seed", description.seed);
  function("draws", description.draws);
  function("sampling", description.sampling);
  function("communication", description.communication);
  function("server", description.server);
  function("stragglers", description.stragglers);
  function("histograms", description.histograms);
  function("shard", description.shard);
  function("relative-error", description.relative_error);
  function("iterations", description.iterations);
  function("law", description.laws);
  function("swept-law", description.swept_laws);
  function("typed-law", description.typed_laws);
  function("strategy", description.strategies);
  function("workers", description.workers);
  function("quantiles", description.quantiles);
  function("updates", description.updates);
}

/// Paths may hold line breaks.
std::string escaped(std::string const& value) {
  std::string text;
  for (char const c : value) {
    if (c == '\\')
      text += "\\\\";
    else if (c == '\n')
      text += "\\n";
    else
      text += c;
  }
  return text;
}

std::string unescaped(std::string_view text) {
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const escape = text[i] == '\\' && i + 1 < text.size();
    if (escape) ++i;
    value += escape && text[i] == 'n' ? '\n' : text[i];
  }
  return value;
}

void put(std::string& entry, std::string value) { entry = std::move(value); }
void put(std::vector<std::string>& entry, std::string value) { entry.push_back(std::move(value)); }

bool contains(std::vector<std::string> const& all, std::string const& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// What makes laws of one name others than they were. Which laws a sweep has may change as its other points may.
std::string law_difference(std::vector<std::string> const& stored, std::vector<std::string> const& wanted) {
  for (std::string const& law : wanted)
    for (std::string const& before : stored)
      if (law != before && !contains(wanted, before) && without_hashes(law) == without_hashes(before)) {
        std::string text = "the file of --law ";
        text.append(without_hashes(law)).append(" has changed: it is ").append(law);
        return text.append(", and was ").append(before);
      }
  for (std::string const& law : wanted)
    for (std::string const& before : stored)
      if (before.ends_with("*" + law) && before.find_first_not_of("0123456789") == before.find('*'))
        return "an earlier build kept --law " + before + " apart from equal workers, which it now is";
  return {};
}

/// Points stopped at a coarser precision may go on to a finer one; those that went further cannot go back.
bool goes_back(std::string const& stored, std::string const& wanted) {
  auto const value = [](std::string const& text) {
    return text.empty() ? 0.0 : parse_real(text, "--relative-error", 0, 1e300);
  };
  return value(wanted) > value(stored);
}

std::string or_none(std::string const& text) { return text.empty() ? "none" : text; }

}  // namespace

std::string without_hashes(std::string spec) {
  constexpr std::string_view key = ":sha256=";
  for (std::size_t at = 0; (at = spec.find(key, at)) != std::string::npos;) {
    std::size_t end = at + key.size();
    while (end < spec.size() && std::isxdigit(static_cast<unsigned char>(spec[end])) != 0) ++end;
    spec.erase(at, end - at);
  }
  return spec;
}

std::string description_text(Description const& description) {
  std::string text;
  auto const line = [&](std::string_view key, std::string const& value) {
    text.append(key).append(" ").append(escaped(value)).append("\n");
  };
  for_each_entry(description, [&](std::string_view key, auto const& entry) {
    if constexpr (std::is_same_v<decltype(entry), std::string const&>) {
      line(key, entry);
    } else {
      for (std::string const& value : entry) line(key, value);
    }
  });
  return text;
}

std::optional<Description> parse_description(std::string_view text) {
  Description description;
  for (std::string_view const line : split(text, '\n')) {
    std::size_t const space = line.find(' ');
    if (space == std::string_view::npos) continue;
    for_each_entry(description, [&](std::string_view key, auto& entry) {
      if (key == line.substr(0, space)) put(entry, unescaped(line.substr(space + 1)));
    });
  }
  if (description_text(description) != text) return std::nullopt;
  return description;
}

std::string flaw(Description const& description) {
  if (description.laws.empty() || description.swept_laws.empty()) return "it has no law";
  if (description.typed_laws.size() != description.swept_laws.size())
    return "its laws do not belong together";
  if (description.strategies.empty()) return "it has no strategy";
  if (description.histograms != "yes" && description.histograms != "no") return "its histograms are unknown";
  try {
    parse_count(description.seed, "--seed", 0, ~std::uint64_t{0});
    parse_count(description.iterations, "--iterations", 1, max_iterations);
    if (!description.shard.empty()) parse_shard(description.shard);
    goes_back(description.relative_error, {});
  } catch (Error const&) {
    return "a number in it is none";
  }
  return {};
}

std::string difference(Description const& stored, Description const& wanted) {
  auto const differ = [](std::string const& name, std::string const& was, std::string const& is) {
    return was == is ? "" : name + " is " + or_none(is) + ", the store's is " + or_none(was);
  };
  for (std::string const& found :
       {differ("--seed", stored.seed, wanted.seed), differ("--draws", stored.draws, wanted.draws),
        differ("--sampling", stored.sampling, wanted.sampling),
        differ("--communication", stored.communication, wanted.communication),
        differ("--server", stored.server, wanted.server),
        differ("--stragglers", stored.stragglers, wanted.stragglers),
        differ("keeping histograms for --quantiles", stored.histograms, wanted.histograms),
        differ("--shard", stored.shard, wanted.shard), law_difference(stored.laws, wanted.laws)})
    if (!found.empty()) return found;
  if (!wanted.shard.empty() && stored.iterations != wanted.iterations)
    return differ("--iterations of a shard", stored.iterations, wanted.iterations);
  if (!wanted.shard.empty() && stored.relative_error != wanted.relative_error)
    return differ("--relative-error of a shard", stored.relative_error, wanted.relative_error);
  if (goes_back(stored.relative_error, wanted.relative_error))
    return differ("--relative-error", stored.relative_error, wanted.relative_error) +
           ", and a store cannot go back to less precision";
  return {};
}

Description joined(Description const& stored, Description const& wanted) {
  DSGD_EXPECTS(difference(stored, wanted).empty());
  Description result = wanted;
  result.laws = stored.laws;
  for (std::string const& law : wanted.laws)
    if (!contains(result.laws, law)) result.laws.push_back(law);
  return result;
}

std::string point_text(PlannedPoint const& planned) {
  Point const& point = planned.point();
  std::string text =
      fleet_spec(point) + " " + canonical_spec(point.strategy) + " " + std::to_string(point.workers());
  if (std::holds_alternative<Clocks>(planned.observable().runtime)) {
    ClockPlan const& plan = planned.observable().plan;
    text += " updates " + std::to_string(plan.warm_up) + "+" + std::to_string(plan.updates);
  }
  return text;
}

}  // namespace dsgd
