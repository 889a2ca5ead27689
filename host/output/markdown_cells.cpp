#include "output/markdown_cells.hpp"

#include <algorithm>
#include <cstddef>

#include "output/readable.hpp"

namespace dsgd {

std::string markdown_cell(std::string const& text) {
  std::string escaped;
  for (char const c : text) escaped.append(c == '|' ? "\\|" : std::string(1, c));
  return escaped;
}

void FleetNames::add(std::string const& spec) {
  if (std::find(specs_.begin(), specs_.end(), spec) == specs_.end()) specs_.push_back(spec);
}

std::string FleetNames::name(std::string const& spec) const {
  auto const found = std::find(specs_.begin(), specs_.end(), spec);
  return found == specs_.end() ? short_spec(spec) : "fleet " + std::to_string(found - specs_.begin() + 1);
}

std::string FleetNames::legend() const {
  std::string text;
  for (std::size_t i = 0; i < specs_.size(); ++i)
    text +=
        (i == 0 ? "\n- fleet " : "- fleet ") + std::to_string(i + 1) + ": `" + short_spec(specs_[i]) + "`\n";
  return text;
}

}  // namespace dsgd
