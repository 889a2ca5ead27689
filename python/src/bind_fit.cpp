#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <vector>

#include "bind.hpp"
#include "fit.hpp"
#include "interruption.hpp"

namespace nb = nanobind;

namespace dsgd {
namespace {

/// Without the interpreter's lock. @throws Error; whatever a signal's handler raises
std::string fit_unlocked(FitTexts const& texts, std::vector<std::string> const& argv) {
  Interruption interruption;
  try {
    nb::gil_scoped_release const unlocked;
    return run_fit(texts, argv, [&] { return interruption(); });
  } catch (Error const&) {
    if (interruption.raised()) throw nb::python_error(*interruption.raised());
    throw;
  }
}

}  // namespace

void bind_fit(nb::module_& m) {
  nb::class_<TableKeys>(m, "TableKeys", "Which part of a table is meant, but for rows left out at the start.")
      .def(nb::init<>())
      .def_rw("file", &TableKeys::file)
      .def_rw("column", &TableKeys::column)
      .def_rw("worker", &TableKeys::worker)
      .def_rw("step", &TableKeys::step)
      .def_rw("columns", &TableKeys::columns)
      .def_rw("where", &TableKeys::where)
      .def_rw("missing", &TableKeys::missing)
      .def_rw("separator", &TableKeys::separator)
      .def_rw("decimal", &TableKeys::decimal);
  nb::class_<FitTexts>(m, "FitTexts", "What a fit is asked for, as the command line takes it.")
      .def(nb::init<>())
      .def_rw("keys", &FitTexts::keys)
      .def_rw("skip", &FitTexts::skip)
      .def_rw("laws", &FitTexts::laws)
      .def_rw("shift", &FitTexts::shift)
      .def_rw("workers", &FitTexts::workers, nb::arg().none())
      .def_rw("strategies", &FitTexts::strategies)
      .def_rw("bootstrap", &FitTexts::bootstrap)
      .def_rw("seed", &FitTexts::seed)
      .def_rw("threads", &FitTexts::threads, nb::arg().none())
      .def_rw("unit", &FitTexts::unit);
  m.def("fit", &fit_unlocked, nb::arg("texts"), nb::arg("argv"),
        "Runs a fit, and returns the document that dsgd fit -o FILE.json writes.");
}

}  // namespace dsgd
