// Fleets as text: what spec.hpp says of groups of workers, and of tables that are fleets.
#include <memory>
#include <span>
#include <utility>
#include <variant>

#include "dsgd/error.hpp"
#include "spec/alternatives.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

bool is_digit_or_underscore(char c) { return (c >= '0' && c <= '9') || c == '_'; }

/// Where the number of workers ends that a part of a fleet begins with, and its '*' stands; 0 where it does not.
std::size_t star_of(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_digit_or_underscore(text[end])) ++end;
  return end < text.size() && text[end] == '*' ? end : 0;
}

/// Where the part of a fleet ends that the text begins with: before a '+' that a number and '*' follow, as a '+'
/// may also stand in 1e+5 or in a path. One in parentheses belongs to the part.
std::size_t end_of_group(std::string_view text) {
  std::size_t from = 0;
  std::size_t const star = star_of(text);
  if (star != 0 && text.substr(star + 1).starts_with('(')) {
    std::size_t depth = 0;
    for (from = star + 1; from < text.size(); ++from) {
      if (text[from] == '(') ++depth;
      if (text[from] == ')' && --depth == 0) break;
    }
  }
  for (std::size_t plus = text.find('+', from); plus != std::string_view::npos;
       plus = text.find('+', plus + 1))
    if (star_of(text.substr(plus + 1)) != 0) return plus;
  return text.size();
}

std::vector<std::string_view> split_groups(std::string_view text) {
  std::vector<std::string_view> groups;
  for (;;) {
    std::size_t const end = end_of_group(text);
    groups.push_back(text.substr(0, end));
    if (end == text.size()) return groups;
    text.remove_prefix(end + 1);
  }
}

/// True for a part N*(...). @pre star_of(part) != 0
bool is_nested(std::string_view part) {
  return part.substr(star_of(part) + 1).starts_with('(') && part.ends_with(')');
}

/// What stands in the parentheses of a part. @pre is_nested(part)
std::string_view nested(std::string_view part) {
  part.remove_prefix(star_of(part) + 2);
  part.remove_suffix(1);
  return part;
}

constexpr std::size_t max_groups = 65536;

/// Measured workers make a fleet of their laws.
SweptFleet fleet_of(Law const& law) {
  auto const* const measured = std::get_if<Empirical>(&law);
  if (measured != nullptr && measured->tells_workers_apart())
    return SweptFleet(Fleet(measured_workers(*measured)));
  return law;
}

std::vector<SweptFleet> parse_whole(std::string_view text) {
  Spec const spec = parse_spec(text, "--law");
  std::vector<SweptFleet> fleets;
  if (spec.name == Replay::name) {
    for (Replay& replay : fill<Replay>(spec, "--law"))
      fleets.emplace_back(Fleet(std::make_shared<Replay const>(std::move(replay))));
    return fleets;
  }
  for (Law const& law : parse_laws(text)) fleets.push_back(fleet_of(law));
  return fleets;
}

/// Adds a part of a fleet as often as it says.
void add_part(std::string_view part, std::vector<FleetGroup>& groups) {
  std::size_t const star = star_of(part);
  std::uint64_t const count = parse_count(part.substr(0, star), "--law workers of a group", 1, max_workers);
  std::string_view const text = is_nested(part) ? nested(part) : part.substr(star + 1);
  SweptFleet const swept = is_nested(part) ? parse_fleet(text) : only_one(parse_whole(text), text, "--law");
  Fleet const& fleet = swept.fleet();
  if (fleet.replay())
    throw Error(ExitCode::usage, "--law '" + std::string(part) + "' is a part of a fleet",
                "a replay is of all workers at once", "give it alone");
  if (fleet.equal()) {
    groups.push_back({count * fleet.workers(), fleet.law()});
    return;
  }
  if (count * fleet.groups().size() + groups.size() > max_groups)
    throw Error(ExitCode::usage,
                "--law '" + std::string(part) + "' makes more than " + std::to_string(max_groups) +
                    " groups of workers",
                "each is kept in memory", "repeat it less often");
  for (std::uint64_t i = 0; i < count; ++i)
    for (FleetGroup const& group : fleet.groups()) groups.push_back(group);
}

/// The law of one of a table's workers; null for any other.
Empirical const* measured_worker(Law const& law) {
  auto const* const measured = std::get_if<Empirical>(&law);
  return measured != nullptr && measured->worker_count != 0 ? measured : nullptr;
}

/// How many groups from one on are the workers of one table, in their order; 1 where it is a law alone.
std::size_t length_of_part(std::span<FleetGroup const> groups, std::size_t first) {
  Empirical const* const measured = measured_worker(groups[first].law);
  if (measured == nullptr || measured->worker_number != 0) return 1;
  std::size_t const end = first + measured->worker_count;
  return end <= groups.size() ? measured->worker_count : 1;
}

}  // namespace

std::vector<SweptFleet> parse_fleets(std::string_view text) {
  if (star_of(text) == 0 && split_groups(text).size() == 1) return parse_whole(text);
  return {parse_fleet(text)};
}

SweptFleet parse_fleet(std::string_view text) {
  if (star_of(text) == 0 && split_groups(text).size() == 1) return only_one(parse_whole(text), text, "--law");
  std::vector<FleetGroup> groups;
  for (std::string_view const part : split_groups(text)) {
    if (star_of(part) == 0)
      throw Error(ExitCode::usage,
                  "--law '" + std::string(text) + "' has the group '" + std::string(part) +
                      "' without a number of workers",
                  "a fleet is made of groups", "write 15*exponential:rate=2+1*exponential:rate=0.2");
    add_part(part, groups);
    std::uint64_t workers = 0;
    for (FleetGroup const& group : groups) workers += group.workers;
    if (workers > max_workers)
      throw Error(
          ExitCode::usage,
          "--law '" + std::string(text) + "' has more than " + std::to_string(max_workers) + " workers",
          "the most that can be drawn", "name fewer");
  }
  return SweptFleet(Fleet(std::move(groups)));
}

std::vector<std::string> files_of(std::string_view text) {
  std::vector<std::string> files;
  for (std::string_view const part : split_groups(text)) {
    if (star_of(part) != 0 && is_nested(part)) {
      for (std::string& file : files_of(nested(part))) files.push_back(std::move(file));
      continue;
    }
    for (auto const& [key, value] : parse_spec(part, "--law").values)
      if (key == "file") files.push_back(value);
  }
  return files;
}

std::string canonical_spec(Fleet const& fleet) {
  if (fleet.replay()) return canonical_text(*fleet.replay());
  if (fleet.equal()) return canonical_spec(fleet.law());
  std::span<FleetGroup const> const groups = fleet.groups();
  std::string text;
  for (std::size_t first = 0, length = 0; first < groups.size(); first += length) {
    length = length_of_part(groups, first);
    std::string law = canonical_spec(groups[first].law);
    bool const is_table = measured_worker(groups[first].law) != nullptr;
    if (is_table && length == groups.size()) return law;
    text.append(text.empty() ? "" : "+").append(std::to_string(groups[first].workers));
    text.append(is_table ? "*(" : "*").append(law).append(is_table ? ")" : "");
  }
  return text;
}

std::string typed_spec(SweptFleet const& swept) {
  Fleet const& fleet = swept.fleet();
  std::string spec = canonical_spec(fleet);
  if (!swept.size() || !fleet.equal() || fleet.replay()) return spec;
  Empirical const* const measured = measured_worker(fleet.law());
  if (measured == nullptr) return std::to_string(*swept.size()) + "*" + spec;
  std::uint64_t const tables = *swept.size() / measured->worker_count;
  return tables == 1 ? spec : std::to_string(tables) + "*(" + spec + ")";
}

std::string fleet_spec(Point const& point) { return canonical_spec(point.fleet); }

}  // namespace dsgd
