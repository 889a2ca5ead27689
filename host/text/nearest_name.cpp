#include "text/nearest_name.hpp"

#include <algorithm>

namespace dsgd {
namespace {

constexpr std::size_t max_compared_bytes =
    64;  ///< names beyond are not compared: the time grows with the square

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Optimal string alignment distance: Damerau and Levenshtein's, where no part is changed twice.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> changes(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        changes[i][j] = i + j;
        continue;
      }
      std::size_t const replaced = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
      changes[i][j] =
          std::min({changes[i - 1][j] + 1, changes[i][j - 1] + 1, changes[i - 1][j - 1] + replaced});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        changes[i][j] = std::min(changes[i][j], changes[i - 2][j - 2] + 1);
    }
  return changes[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view typed, std::vector<std::string> const& known) {
  std::optional<std::string> nearest;
  std::size_t fewest = std::max(typed.size(), std::size_t{3}) / 3 + 1;
  for (std::string const& name : known) {
    if (name.empty() || typed.empty() || name.size() > max_compared_bytes ||
        typed.size() > max_compared_bytes)
      continue;
    std::size_t const changes = distance(typed, name);
    if (changes >= std::min(fewest, name.size())) continue;
    fewest = changes;
    nearest = name;
  }
  return nearest;
}

std::string did_you_mean(std::string_view typed, std::vector<std::string> const& known,
                         std::string_view otherwise) {
  std::optional<std::string> const nearest = nearest_name(typed, known);
  return nearest ? "did you mean " + *nearest + "?" : std::string(otherwise);
}

Error unknown_value(std::string_view option, std::string_view typed, std::vector<std::string> const& known) {
  std::string names;
  for (std::string const& name : known) {
    if (!names.empty()) names += &name == &known.back() ? " or " : ", ";
    names += name;
  }
  return {ExitCode::usage, std::string(option) + " '" + std::string(typed) + "' is unknown",
          did_you_mean(typed, known, "no such value"), "use " + names};
}

}  // namespace dsgd
