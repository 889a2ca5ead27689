#include "request/communication.hpp"

#include <algorithm>
#include <vector>

namespace dsgd {

std::string communication_not_added(Sweep const& sweep) {
  std::vector<std::string> names;
  for (Strategy const& strategy : sweep.strategies) {
    std::string name(std::visit([](auto const& s) { return s.name; }, strategy));
    if (!meets(strategy) && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  if (!sweep.communication || names.empty()) return {};
  std::string text = names.front();
  for (std::size_t i = 1; i < names.size(); ++i)
    text.append(i + 1 < names.size() ? ", " : " and ").append(names[i]);
  return "--communication is not added under " + text +
         " (workers go on after an update there, and an exchange delays only its own worker): add its time "
         "to --law";
}

}  // namespace dsgd
