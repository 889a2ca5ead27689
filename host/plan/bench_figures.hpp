#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.hpp"

namespace dsgd {

/// No bench file is larger.
inline constexpr std::size_t max_bench_bytes = std::size_t{16} << 20;

/// What a file of `dsgd bench --output` says of throughput.
/// @param path  for messages
/// @throws Error damaged where the text is no such file
std::vector<BenchFigure> parse_bench_figures(std::string_view text, std::string const& path);

/// The same, of a file. @throws Error file where it cannot be read; damaged, also where it is larger than
/// max_bench_bytes
std::vector<BenchFigure> read_bench_figures(std::string const& path);

}  // namespace dsgd
