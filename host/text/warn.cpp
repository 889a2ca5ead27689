#include "text/warn.hpp"

#include <cstdio>

namespace dsgd {

void warn(std::string const& message) { std::fprintf(stderr, "dsgd: warning: %s\n", message.c_str()); }

void inform(std::string const& message) { std::fprintf(stderr, "dsgd: %s\n", message.c_str()); }

}  // namespace dsgd
