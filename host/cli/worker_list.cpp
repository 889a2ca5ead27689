#include "cli/worker_list.hpp"

#include <algorithm>
#include <string>

#include "dsgd/draw.hpp"
#include "dsgd/error.hpp"
#include "number.hpp"
#include "split.hpp"

namespace dsgd {
namespace {

/// The option that a list is of, and its largest value.
struct Limits {
  std::string_view option;
  std::uint64_t most;
};

[[noreturn]] void refuse(Limits const& limits, std::string_view part, std::string const& problem) {
  throw Error(ExitCode::usage, std::string(limits.option) + " '" + std::string(part) + "' " + problem +
                                   ": write 20, 1:20, 10:100:10 or 1:1024:x2");
}

/// first, first + step, ... or first, first * factor, ... up to last.
struct Range {
  std::uint64_t first, last, step = 1, factor = 1;
};

Range parse_range(Limits const& limits, std::string_view part) {
  auto const& [option, most] = limits;
  std::vector<std::string_view> const pieces = split(part, ':');
  if (pieces.size() > 3) refuse(limits, part, "has too many colons (a range is first:last:step)");
  Range range{parse_count(pieces.front(), option, 1, most), 0};
  range.last = pieces.size() > 1 ? parse_count(pieces[1], option, 1, most) : range.first;
  if (range.last < range.first) refuse(limits, part, "runs backwards (its first value is above its last)");
  if (pieces.size() < 3) return range;
  if (pieces[2].starts_with('x')) {
    range.step = 0;
    range.factor = parse_count(pieces[2].substr(1), std::string(option) + " factor", 2, most);
  } else {
    range.step = parse_count(pieces[2], std::string(option) + " step", 1, most);
  }
  return range;
}

}  // namespace

std::vector<std::uint64_t> parse_counts(std::string_view list, std::string_view option, std::uint64_t most) {
  Limits const limits{option, most};
  std::vector<std::uint64_t> counts;
  for (std::string_view const part : split(list, ',')) {
    Range const range = parse_range(limits, part);
    for (std::uint64_t n = range.first;; n = n * range.factor + range.step) {
      if (counts.size() == max_points)
        refuse(limits, part,
               "brings the list over its limit (there are at most 1000000 points, see the memory they take)");
      counts.push_back(n);
      bool const last = range.step == 0 ? n > range.last / range.factor : range.last - n < range.step;
      if (last) break;  // before the next could exceed 2^64
    }
  }
  std::sort(counts.begin(), counts.end());
  counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
  return counts;
}

std::string workers_text(std::span<std::uint64_t const> workers) {
  std::string text;
  for (std::size_t i = 0; i < workers.size();) {
    std::size_t last = i;  // of an arithmetic progression
    while (last + 1 < workers.size() && workers[last + 1] - workers[last] == workers[i + 1] - workers[i])
      ++last;
    if (last - i < 2) last = i;
    text += (text.empty() ? "" : ",") + std::to_string(workers[i]);
    if (last != i) text += ":" + std::to_string(workers[last]);
    if (last != i && workers[i + 1] - workers[i] != 1)
      text += ":" + std::to_string(workers[i + 1] - workers[i]);
    i = last + 1;
  }
  return text;
}

}  // namespace dsgd
