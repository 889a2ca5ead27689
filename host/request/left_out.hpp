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

/// False where the point's updates pass no server although there is one: where all workers wait for an update.
bool takes_server(Point const& point);

/// False where workers cannot be slow for a while although some are to be: measured steps have slow workers of their
/// own, and some forms of a runtime know no jobs.
bool takes_stragglers(Point const& point);

}  // namespace dsgd
