// Any text: a bench file, or refused as none. What is read has figures that a plan can reckon with.
#include "plan/bench_figures.hpp"

#include <cmath>
#include <cstdlib>

#include "dsgd/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(char const* data, std::size_t size) {
  try {
    for (dsgd::BenchFigure const& figure : dsgd::parse_bench_figures({data, size}, "fuzz.json"))
      if (!std::isfinite(1 / figure.draws_per_second) || figure.workers == 0) std::abort();
  } catch (dsgd::Error const& error) {
    if (error.code() != dsgd::ExitCode::damaged) std::abort();
  }
  return 0;
}
