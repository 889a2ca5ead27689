/// The parts of the module dsgd._core, each of a command.
#pragma once

#include <nanobind/nanobind.h>

namespace dsgd {

void bind_sweep(nanobind::module_& m);
void bind_fit(nanobind::module_& m);
void bind_decisions(nanobind::module_& m);  ///< exact values and recommendations
void bind_race(nanobind::module_& m);

}  // namespace dsgd
