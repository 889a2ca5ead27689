// Any text: the description of a store, or refused as none. What is read is written again as the same text.
#include "store/description.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(char const* data, std::size_t size) {
  std::string_view const text(data, size);
  std::optional<dsgd::Description> const description = dsgd::parse_description(text);
  if (!description) return 0;
  if (dsgd::description_text(*description) != text) std::abort();
  bool const whole = dsgd::flaw(*description).empty();
  if (whole &&
      (description->laws.empty() || description->swept_laws.size() != description->typed_laws.size()))
    std::abort();
  if (whole && !dsgd::difference(*description, *description).empty()) std::abort();
  return 0;
}
