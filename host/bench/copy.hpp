#pragma once

#include <optional>

namespace dsgd {

/// Bytes per second that the host's memory moves when it is copied, those read and those written both
/// counted: the best of three passes over buffers four times as large as the last cache, or as large as 1 GiB
/// and an eighth of the memory allow.
/// @param threads  >= 1, each of which copies a part of its own
/// @return         nothing where there is no memory for it
std::optional<double> copy_bytes_per_second(unsigned threads);

}  // namespace dsgd
