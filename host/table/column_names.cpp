#include "table/column_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace dsgd::table {
namespace {

std::string in_lower_case(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

}  // namespace

bool numbers_rows(std::string name) {
  constexpr std::array<std::string_view, 13> known{"",      "step",     "steps",     "iteration", "iter",
                                                   "epoch", "batch",    "index",     "id",        "timestamp",
                                                   "date",  "datetime", "unnamed: 0"};
  name = in_lower_case(std::move(name));
  return std::find(known.begin(), known.end(), name) != known.end();
}

bool names_workers(std::string name) {
  constexpr std::array<std::string_view, 10> parts{"worker", "rank",    "host",  "node",    "gpu",
                                                   "device", "machine", "stage", "replica", "executor"};
  name = in_lower_case(std::move(name));
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

}  // namespace dsgd::table
