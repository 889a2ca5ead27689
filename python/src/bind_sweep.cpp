#include <nanobind/stl/function.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bind.hpp"
#include "interruption.hpp"
#include "sweep.hpp"

namespace nb = nanobind;

namespace dsgd {
namespace {

using Report =
    std::function<void(std::size_t points_done, std::size_t points, double draws_done, double draws)>;

/// Without the interpreter's lock.
/// @throws Error; whatever a signal's handler raises, where that is no KeyboardInterrupt
SweepAnswer sweep_unlocked(SweepTexts const& texts, SweepCall call, std::optional<Report> const& report) {
  Interruption interruption;
  call.interrupted = [&] { return interruption(); };
  if (report)
    call.report = [&](Progress const& progress) {
      nb::gil_scoped_acquire const locked;
      (*report)(progress.points_done, progress.points, progress.draws_done, progress.draws);
    };
  SweepAnswer answer;
  {
    nb::gil_scoped_release const unlocked;
    answer = sweep(texts, call);
  }
  if (interruption.raised() && !interruption.raised()->matches(PyExc_KeyboardInterrupt))
    throw nb::python_error(*interruption.raised());
  return answer;
}

}  // namespace

void bind_sweep(nb::module_& m) {
  nb::class_<SweepTexts>(m, "SweepTexts", "What a sweep is asked for, as the command line takes it.")
      .def(nb::init<>())
      .def_rw("workers", &SweepTexts::workers, nb::arg().none())
      .def_prop_rw(
          "laws", [](SweepTexts const& texts) { return texts.law.laws; },
          [](SweepTexts& texts, std::vector<std::string> laws) { texts.law.laws = std::move(laws); })
      .def_rw("strategies", &SweepTexts::strategies)
      .def_rw("iterations", &SweepTexts::iterations)
      .def_rw("seed", &SweepTexts::seed)
      .def_rw("draws", &SweepTexts::draws)
      .def_rw("sampling", &SweepTexts::sampling)
      .def_rw("communication", &SweepTexts::communication, nb::arg().none())
      .def_rw("server", &SweepTexts::server, nb::arg().none())
      .def_rw("stragglers", &SweepTexts::stragglers, nb::arg().none())
      .def_rw("quantiles", &SweepTexts::quantiles, nb::arg().none())
      .def_rw("updates", &SweepTexts::updates, nb::arg().none())
      .def_rw("baseline", &SweepTexts::baseline, nb::arg().none())
      .def_rw("relative_error", &SweepTexts::relative_error, nb::arg().none());
  nb::class_<SweepCall>(m, "SweepCall", "How a sweep is carried out: nothing of this changes its numbers.")
      .def(nb::init<>())
      .def_rw("engine", &SweepCall::engine)
      .def_rw("threads", &SweepCall::threads, nb::arg().none())
      .def_rw("devices", &SweepCall::devices, nb::arg().none())
      .def_rw("store", &SweepCall::store, nb::arg().none())
      .def_rw("add", &SweepCall::add)
      .def_rw("max_time", &SweepCall::max_time, nb::arg().none())
      .def_rw("unit", &SweepCall::unit)
      .def_rw("argv", &SweepCall::argv);
  nb::class_<SweepAnswer>(m, "SweepAnswer", "What a sweep came to.")
      .def_ro("json", &SweepAnswer::json, "the document that dsgd sweep -o FILE.json writes")
      .def_ro("notes", &SweepAnswer::notes, "lines to tell users")
      .def_ro("warnings", &SweepAnswer::warnings, "lines to worry them")
      .def_ro("interrupted", &SweepAnswer::interrupted, "True where Ctrl-C stopped it");
  m.def("sweep", &sweep_unlocked, nb::arg("texts"), nb::arg("call"), nb::arg("report").none() = nb::none(),
        "Runs a sweep. report is called after each slice with (points done, points, draws done, draws).");
}

}  // namespace dsgd
