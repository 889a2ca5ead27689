#include "value_list.hpp"

#include <algorithm>
#include <cmath>

#include "dsgd/error.hpp"
#include "number.hpp"
#include "split.hpp"

namespace dsgd {
namespace {

[[noreturn]] void refuse(std::string_view what, std::string_view part, std::string const& problem,
                         std::string const& advice) {
  throw Error(ExitCode::usage, std::string(what) + " '" + std::string(part) + "' " + problem + ": " + advice);
}

/// Appends first, first + step, ... up to last.
void append_range(std::string_view part, std::string_view what, std::uint32_t low, std::uint32_t high,
                  std::vector<std::uint32_t>& counts) {
  std::size_t const dots = part.find("..");
  std::string_view const rest = dots == std::string_view::npos ? part : part.substr(dots + 2);
  std::size_t const more_dots = dots == std::string_view::npos ? dots : rest.find("..");
  std::uint64_t const first = parse_count(part.substr(0, dots), what, low, high);
  std::uint64_t const last = parse_count(rest.substr(0, more_dots), what, low, high);
  std::uint64_t const step =
      more_dots == std::string_view::npos
          ? 1
          : parse_count(rest.substr(more_dots + 2), std::string(what) + " step", 1, high);
  if (last < first)
    refuse(what, part, "runs backwards (its first value is above its last)", "write it as first..last");
  if ((last - first) / step >= max_list_entries - counts.size())
    refuse(what, part,
           "brings the list over " + std::to_string(max_list_entries) + " values (each gives points)",
           "give the range a larger step, as in 1..1000000..1000");
  for (std::uint64_t value = first; value <= last; value += step)
    counts.push_back(static_cast<std::uint32_t>(value));
}

template <class T>
void sort_and_drop_repetitions(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<std::uint32_t> count_list(std::vector<std::string_view> const& parts, std::string_view what,
                                      std::uint32_t low, std::uint32_t high) {
  std::vector<std::uint32_t> counts;
  for (std::string_view const part : parts) append_range(part, what, low, high, counts);
  sort_and_drop_repetitions(counts);
  return counts;
}

constexpr double micropercent_per_percent = double{Share::whole} / 100;

/// @param text  without the percent sign
std::uint32_t parse_micropercent(std::string_view text, std::string_view what) {
  double const percent = parse_real(text, std::string(what) + " in percent", 1e-6, 100);
  auto const micropercent = std::lround(percent * micropercent_per_percent);
  // both are the double nearest to the same decimal, unless there were more than six decimals
  if (static_cast<double>(micropercent) / micropercent_per_percent != percent)
    refuse(what, text, "has more than six decimals (percentages are kept exactly)", "round it");
  return static_cast<std::uint32_t>(micropercent);
}

}  // namespace

std::vector<std::uint32_t> parse_count_list(std::string_view text, std::string_view what, std::uint32_t low,
                                            std::uint32_t high) {
  return count_list(split(text, ','), what, low, high);
}

std::vector<Share> parse_share_list(std::string_view text, std::string_view what, std::uint32_t low,
                                    std::uint32_t high) {
  std::vector<std::string_view> counted;
  std::vector<std::uint32_t> micropercents;
  for (std::string_view const part : split(text, ',')) {
    if (part.ends_with('%'))
      micropercents.push_back(parse_micropercent(part.substr(0, part.size() - 1), what));
    else
      counted.push_back(part);
  }
  sort_and_drop_repetitions(micropercents);

  std::vector<Share> shares;
  for (std::uint32_t const count : count_list(counted, what, low, high)) shares.push_back({count, 0});
  for (std::uint32_t const micropercent : micropercents) shares.push_back({1, micropercent});
  return shares;
}

std::string share_text(Share share) {
  if (share.micropercent == 0) return std::to_string(share.count);
  return shortest(share.micropercent / micropercent_per_percent) + "%";
}

std::vector<std::string_view> split_specs(std::string_view option_value) {
  std::vector<std::string_view> specs;
  std::size_t start = 0;
  for (std::size_t i = 0; i < option_value.size(); ++i) {
    bool const digit_follows =
        i + 1 < option_value.size() && option_value[i + 1] >= '0' && option_value[i + 1] <= '9';
    if (option_value[i] != ',' || digit_follows) continue;
    specs.push_back(option_value.substr(start, i - start));
    start = i + 1;
  }
  specs.push_back(option_value.substr(start));
  return specs;
}

}  // namespace dsgd
