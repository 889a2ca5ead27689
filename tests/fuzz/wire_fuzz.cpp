// Any bytes: a message between ranks, or refused by an exception. An order that is read has no more points
// than bytes.
#include <cstdlib>
#include <stdexcept>

#include "ranks/portion.hpp"

extern "C" int LLVMFuzzerTestOneInput(char const* data, std::size_t size) {
  std::string_view const bytes(data, size);
  try {
    std::size_t points = 0;
    for (dsgd::PieceOrder const& order : dsgd::parse_portion(bytes)) points += order.points.size();
    if (points > size) std::abort();
  } catch (std::runtime_error const&) {
    return 0;
  }
  return 0;
}
