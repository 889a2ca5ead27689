/// The module dsgd._core: what Python needs of the program. Texts in, JSON out; all else of the package is Python.
#include <nanobind/nanobind.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <utility>
#include <vector>

#include "arrow.hpp"
#include "bind.hpp"
#include "dsgd/error.hpp"
#include "engines/choose.hpp"
#include "spec/spec.hpp"

namespace nb = nanobind;

namespace dsgd {
namespace {

/// Python's exception for an error; its message is the command line's.
PyObject* exception_of(ExitCode code) {
  switch (code) {
    case ExitCode::usage:
      return PyExc_ValueError;
    case ExitCode::file:
    case ExitCode::damaged:
      return PyExc_OSError;
    case ExitCode::ok:
    case ExitCode::internal:
    case ExitCode::validation:
    case ExitCode::engine_unavailable:
    case ExitCode::device:
    case ExitCode::stopped:
      return PyExc_RuntimeError;
  }
  return PyExc_RuntimeError;
}

using Forms = std::vector<std::pair<std::string, std::string>>;

Forms forms_of(std::vector<SpecHelp> const& help) {
  Forms forms;
  for (SpecHelp const& each : help) forms.emplace_back(each.form, each.meaning);
  return forms;
}

std::vector<std::string> canonical_strategies(std::string const& specs) {
  std::vector<std::string> canonical;
  for (Strategy const& strategy : parse_strategies(specs)) canonical.push_back(canonical_spec(strategy));
  return canonical;
}

std::vector<std::string> usable_engine_names() {
  std::vector<std::string> names;
  for (EngineRow const* row : usable_engines()) names.emplace_back(row->name);
  return names;
}

}  // namespace
}  // namespace dsgd

NB_MODULE(_core, m) {
  using namespace dsgd;
  nb::register_exception_translator([](std::exception_ptr const& pointer, void*) {
    try {
      std::rethrow_exception(pointer);
    } catch (Error const& error) {
      PyErr_SetString(exception_of(error.code()), error.what());
    }
  });
  m.attr("version") = DSGD_VERSION;
  bind_sweep(m);
  bind_fit(m);
  bind_decisions(m);
  bind_race(m);
  m.def(
      "law_forms", [] { return forms_of(law_help()); },
      "Every law: how it is written, 'name:key=[:optional=]', and what it is.");
  m.def(
      "law_key_forms", [] { return forms_of(law_key_help()); },
      "The keys that these forms leave out, 'key=', and what they are.");
  m.def(
      "strategy_forms", [] { return forms_of(strategy_help()); }, "The same of every strategy.");
  m.def(
      "canonical_law", [](std::string const& spec) { return canonical_spec(parse_fleet(spec).fleet()); },
      nb::arg("spec"),
      "The one way to write a law or a fleet. Raises ValueError, and OSError for its files.");
  m.def("canonical_strategies", &canonical_strategies, nb::arg("specs"),
        "The one way to write each strategy of a list. Raises ValueError.");
  m.def("engines", &usable_engine_names, "Engines that this machine can use.");
  m.def("arrow_stream", &arrow_stream, nb::arg("columns"),
        "An Arrow C stream of one batch. columns: (name, values) of equal lengths; values are int, float or "
        "None, or str.");
}
