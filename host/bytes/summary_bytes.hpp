/// Summaries as bytes, the same on every machine: for stores, and for what ranks send each other.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsgd/summary/summary.hpp"

namespace dsgd {

/// Writes little-endian integers, floats as their bits, histograms as (bin, count) of the bins that are not
/// empty. Equal summaries have equal bytes.
std::string summary_bytes(Summary const& summary);

/// Reads the summary whose bytes these are. No size that the bytes claim is believed before it is checked.
/// @return nothing for any bytes that summary_bytes() does not write
std::optional<Summary> summary_from_bytes(std::string_view bytes);

}  // namespace dsgd
