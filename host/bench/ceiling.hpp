#pragma once

#include <optional>
#include <span>

#include "dsgd/engine/cuda.hpp"
#include "engines/table.hpp"

namespace dsgd {

/// Draws per second that calibrated devices cannot exceed, even if nothing but the slowest part of the work had
/// to be done.
/// @param devices  devices that the engine uses
/// @return         nothing for no devices, and for a bound that is none of a device
std::optional<double> gpu_ceiling(Ceiling bound, std::span<CudaCalibration const> devices);

/// Draws per second that the materialized pipeline cannot exceed on a host whose memory moves so many bytes:
/// a delay is written once and read once.
double copy_ceiling(double copy_bytes_per_second);

}  // namespace dsgd
