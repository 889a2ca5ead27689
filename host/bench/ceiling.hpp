#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "dsgd/engine/cuda.hpp"

namespace dsgd {

/// Draws per second that calibrated devices cannot exceed with a GPU engine, even if nothing but the slowest
/// part of the work had to be done.
/// @param devices  devices that the engine uses
/// @return         nothing for an engine whose bound is not known
std::optional<double> gpu_ceiling(std::string_view engine, std::span<CudaCalibration const> devices);

/// Draws per second that the materialized pipeline cannot exceed on a host whose memory moves so many bytes:
/// a delay is written once and read once.
double copy_ceiling(double copy_bytes_per_second);

}  // namespace dsgd
