#pragma once

#include <string>
#include <vector>

#include "bench/measure.hpp"
#include "output/document.hpp"

namespace dsgd {

/// The table that people read, and a warning where the machine was busy.
std::string bench_table(std::vector<BenchRow> const& rows);

/// The JSON document, of schema dsgd.bench/1.
std::string bench_json(std::vector<BenchRow> const& rows, Provenance const& provenance);

}  // namespace dsgd
