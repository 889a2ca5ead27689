#pragma once

#include <string>

#include "dsgd/sweep.hpp"

namespace dsgd {

/// Where workers go on after an update, an exchange with the server delays one of them and no other: names
/// the strategies under which no communication is added; empty for none.
std::string communication_not_added(Sweep const& sweep);

}  // namespace dsgd
