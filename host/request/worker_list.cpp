#include "request/worker_list.hpp"

#include <string>

namespace dsgd {

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
