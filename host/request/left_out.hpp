/// Points that a sweep leaves out: those whose strategy waits for more workers than there are, and those
/// whose fleet has another number of them.
#pragma once

#include <string>

#include "dsgd/error.hpp"
#include "dsgd/sweep.hpp"

namespace dsgd {

/// Which of the sweep's points are left out and why, one clause; empty where none is.
std::string points_left_out(Sweep const& sweep);

/// Names what is out of range, and the range. @pre all points of the sweep are left out (else what it names is not
/// to blame)
Error no_point_remains(Sweep const& sweep);

}  // namespace dsgd
