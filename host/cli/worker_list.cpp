#include "cli/worker_list.hpp"

#include <algorithm>
#include <string>

#include "dsgd/draw.hpp"
#include "dsgd/error.hpp"
#include "number.hpp"
#include "split.hpp"

namespace dsgd {
namespace {

constexpr std::string_view option = "--workers";

[[noreturn]] void refuse(std::string_view part, std::string const& problem) {
  throw Error(ExitCode::usage, std::string(option) + " '" + std::string(part) + "' " + problem +
                                   ": write 20, 1:20, 10:100:10 or 1:1024:x2");
}

std::uint64_t parse_worker_count(std::string_view text, std::uint64_t most) {
  return parse_count(text, option, 1, most);
}

/// first, first + step, ... or first, first * factor, ... up to last.
struct Range {
  std::uint64_t first, last, step = 1, factor = 1;
};

Range parse_range(std::string_view part, std::uint64_t most) {
  std::vector<std::string_view> const pieces = split(part, ':');
  if (pieces.size() > 3) refuse(part, "has too many colons (a range is first:last:step)");
  Range range{parse_worker_count(pieces.front(), most), 0};
  range.last = pieces.size() > 1 ? parse_worker_count(pieces[1], most) : range.first;
  if (range.last < range.first) refuse(part, "runs backwards (its first value is above its last)");
  if (pieces.size() < 3) return range;
  if (pieces[2].starts_with('x')) {
    range.step = 0;
    range.factor = parse_count(pieces[2].substr(1), "--workers factor", 2, most);
  } else {
    range.step = parse_count(pieces[2], "--workers step", 1, most);
  }
  return range;
}

}  // namespace

std::vector<std::uint64_t> parse_workers(std::string_view list, std::uint64_t most) {
  std::vector<std::uint64_t> workers;
  for (std::string_view const part : split(list, ',')) {
    Range const range = parse_range(part, most);
    for (std::uint64_t m = range.first;; m = m * range.factor + range.step) {
      if (workers.size() == max_points)
        refuse(
            part,
            "brings the list over its limit (a sweep has at most 1000000 points, see the memory they take)");
      workers.push_back(m);
      bool const last = range.step == 0 ? m > range.last / range.factor : range.last - m < range.step;
      if (last) break;  // before the next could exceed 2^64
    }
  }
  std::sort(workers.begin(), workers.end());
  workers.erase(std::unique(workers.begin(), workers.end()), workers.end());
  return workers;
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
