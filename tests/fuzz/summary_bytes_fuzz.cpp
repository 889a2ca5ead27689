// Any bytes: those of a summary, or refused. What is read is written again as the same bytes.
#include "bytes/summary_bytes.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(char const* data, std::size_t size) {
  std::string_view const bytes(data, size);
  if (auto const summary = dsgd::summary_from_bytes(bytes))
    if (dsgd::summary_bytes(*summary) != bytes) std::abort();
  return 0;
}
