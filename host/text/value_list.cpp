#include "text/value_list.hpp"

#include <algorithm>
#include <cmath>

#include "dsgd/error.hpp"
#include "text/number.hpp"
#include "text/split.hpp"

namespace dsgd {
namespace {

constexpr char const* range_forms = "write 20, 1:20, 10:100:10 or 1:1024:x2, or .. in place of :";

[[noreturn]] void refuse(std::string_view what, std::string_view part, std::string const& problem,
                         std::string const& why, std::string const& advice = range_forms) {
  throw Error(ExitCode::usage, quoted(what, part) + " " + problem, why, advice);
}

/// The values of an option or a key.
struct Limits {
  std::string_view what;
  std::uint64_t low, high;
};

/// first, first + step, ... or first, first * factor, ... up to last.
struct Range {
  std::uint64_t first, last, step = 1, factor = 1;

  bool ends_at(std::uint64_t value) const {  // before the next could exceed 2^64
    return step == 0 ? value > last / factor : last - value < step;
  }
};

/// The pieces of first:last:step, where ".." may stand in place of any ":".
std::vector<std::string_view> split_range(std::string_view part) {
  std::vector<std::string_view> pieces;
  for (std::size_t at; (at = std::min(part.find(':'), part.find(".."))) != std::string_view::npos;) {
    pieces.push_back(part.substr(0, at));
    part.remove_prefix(at + (part[at] == ':' ? 1 : 2));
  }
  pieces.push_back(part);
  return pieces;
}

Range parse_range(std::string_view part, Limits const& limits) {
  std::vector<std::string_view> const pieces = split_range(part);
  if (pieces.size() > 3) refuse(limits.what, part, "has too many parts", "a range is first:last:step");
  for (std::string_view const piece : pieces) {
    bool const is_factor = &piece != &pieces.front() && piece.starts_with('x');
    if (!is_number(is_factor ? piece.substr(1) : piece))
      throw Error(ExitCode::usage, quoted(limits.what, part) +
                                       (pieces.size() == 1 ? " is not a whole number or a range: "
                                                           : " is not a range of whole numbers: ") +
                                       range_forms);
  }
  auto const value = [&](std::string_view piece) {
    return parse_count(piece, limits.what, limits.low, limits.high);
  };
  Range range{value(pieces.front()), 0};
  range.last = pieces.size() > 1 ? value(pieces[1]) : range.first;
  if (range.last < range.first)
    refuse(limits.what, part, "runs backwards", "its first value is above its last");
  if (pieces.size() < 3) return range;
  if (pieces[2].starts_with('x')) {
    if (range.first == 0)
      refuse(limits.what, part, "multiplies 0", "which stays 0", "begin the range above 0");
    range.step = 0;
    range.factor = parse_count(pieces[2].substr(1), std::string(limits.what) + " factor", 2, limits.high);
  } else {
    range.step = parse_count(pieces[2], std::string(limits.what) + " step", 1, limits.high);
  }
  return range;
}

template <class T>
void sort_and_drop_repetitions(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<std::uint64_t> count_list(std::vector<std::string_view> const& parts, Limits const& limits) {
  std::vector<std::uint64_t> counts;
  for (std::string_view const part : parts) {
    Range const range = parse_range(part, limits);
    for (std::uint64_t n = range.first;; n = n * range.factor + range.step) {
      if (counts.size() == max_list_entries)
        refuse(limits.what, part, "brings the list over " + std::to_string(max_list_entries) + " values",
               "each gives points", "give the range a larger step, as in 1:1000000:1000");
      counts.push_back(n);
      if (range.ends_at(n)) break;
    }
  }
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
    refuse(what, text, "has more than six decimals", "a percentage may have six", "round it");
  return static_cast<std::uint32_t>(micropercent);
}

}  // namespace

std::vector<std::string_view> split_list(std::string_view text, std::string_view what) {
  std::vector<std::string_view> parts = split(text, ',');
  if (parts.size() > 1 && std::find(parts.begin(), parts.end(), "") != parts.end())
    refuse(what, text, "has an empty part", "a comma stands between two values", "leave the comma out");
  return parts;
}

std::vector<std::uint64_t> parse_count_list(std::string_view text, std::string_view what, std::uint64_t low,
                                            std::uint64_t high) {
  return count_list(split_list(text, what), {what, low, high});
}

std::vector<double> parse_real_list(std::string_view text, std::string_view what, double low, double high) {
  constexpr char const* forms = "write 1.5, 1.5,2 or 1:9:2, or .. in place of :";
  std::vector<double> values;
  auto const add = [&](std::string_view part, double value) {
    if (values.size() == max_list_entries)
      refuse(what, part, "brings the list over " + std::to_string(max_list_entries) + " values",
             "each gives points", "give the range a larger step");
    values.push_back(value);
  };
  for (std::string_view const part : split_list(text, what)) {
    std::vector<std::string_view> const pieces = split_range(part);
    if (pieces.size() == 1) {
      add(part, parse_real(part, what, low, high));
      continue;
    }
    if (pieces.size() != 3)
      refuse(what, part, "has no step", "a range of real numbers is first:last:step", forms);
    double const first = parse_real(pieces[0], what, low, high);
    double const last = parse_real(pieces[1], what, low, high);
    if (last < first) refuse(what, part, "runs backwards", "its first value is above its last", forms);
    bool const is_factor = pieces[2].starts_with('x');
    double const step = parse_real(pieces[2].substr(is_factor ? 1 : 0), std::string(what) + " step",
                                   is_factor ? 1.000001 : 1e-36, 1e36);
    if (is_factor && first <= 0)
      refuse(what, part, "multiplies no number above 0", "a factor makes only those larger",
             "begin the range above 0");
    double const end = last + 1e-9 * std::abs(last);  // sums and products are rounded
    for (double i = 0;; ++i) {
      double const value = round_to_12_digits(is_factor ? first * std::pow(step, i) : first + i * step);
      if (value > end) break;
      add(part, std::min(value, last));
    }
  }
  sort_and_drop_repetitions(values);
  return values;
}

std::vector<double> parse_fraction_list(std::string_view text, std::string_view what, double low,
                                        double high) {
  if (!text.ends_with('%')) return parse_real_list(text, what, low, high);
  std::string percents;
  for (std::string_view const part : split_list(text, what)) {
    if (!part.ends_with('%'))
      refuse(what, part, "has no % although another value has", "values are shares or percentages",
             "give all as one");
    percents.append(percents.empty() ? "" : ",").append(part.substr(0, part.size() - 1));
  }
  std::vector<double> values =
      parse_real_list(percents, std::string(what) + " in percent", 100 * low, 100 * high);
  for (double& value : values) value = round_to_12_digits(value / 100);
  return values;
}

std::vector<Share> parse_share_list(std::string_view text, std::string_view what, std::uint32_t low,
                                    std::uint32_t high) {
  std::vector<std::string_view> counted;
  std::vector<std::uint32_t> micropercents;
  for (std::string_view const part : split_list(text, what)) {
    if (part.ends_with('%'))
      micropercents.push_back(parse_micropercent(part.substr(0, part.size() - 1), what));
    else
      counted.push_back(part);
  }
  sort_and_drop_repetitions(micropercents);

  std::vector<Share> shares;
  for (std::uint64_t const count : count_list(counted, {what, low, high}))
    shares.push_back({static_cast<std::uint32_t>(count), 0});
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
