#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "answer.hpp"
#include "bind.hpp"
#include "cli/engine_options.hpp"
#include "dsgd/error.hpp"
#include "interruption.hpp"
#include "race/race_text.hpp"
#include "text/plain_text.hpp"

namespace nb = nanobind;

namespace dsgd {
namespace {

/// A race as it is written, and how it is computed.
struct AskedRace : RaceTexts {
  std::string engine = "auto";
  std::optional<std::string> threads;
  std::string unit;
};

/// Without the interpreter's lock. @throws Error; whatever a signal's handler raises
Answer race_unlocked(AskedRace const& asked, std::vector<std::string> const& argv) {
  Interruption interruption;
  try {
    nb::gil_scoped_release const unlocked;
    RaceEngine engine{race_engine(asked.engine),
                      ThreadAndDevice{asked.threads, std::nullopt}.parse().threads};
    engine.stop = [&] { return interruption(); };
    check_unit(asked.unit);
    RaceDocument document = race(parse_race_request(asked), engine, asked.unit, argv);
    std::string json = race_json(document);
    return {std::move(json), std::move(document.notes), std::move(document.warnings)};
  } catch (Error const&) {
    if (interruption.raised()) throw nb::python_error(*interruption.raised());
    throw;
  }
}

/// A member of the texts of the sweep, as a property.
template <auto member>
auto get = [](AskedRace const& asked) { return asked.what.*member; };
template <auto member, class Value>
auto set = [](AskedRace& asked, Value value) { asked.what.*member = std::move(value); };

}  // namespace

void bind_race(nb::module_& m) {
  using Optional = std::optional<std::string>;
  nb::class_<AskedRace>(m, "RaceTexts", "What is raced, as the command line takes it.")
      .def(nb::init<>())
      .def_prop_rw("workers", get<&SweepTexts::workers>, set<&SweepTexts::workers, Optional>,
                   nb::arg().none())
      .def_prop_rw(
          "laws", [](AskedRace const& asked) { return asked.what.law.laws; },
          [](AskedRace& asked, std::vector<std::string> laws) { asked.what.law.laws = std::move(laws); })
      .def_prop_rw("strategies", get<&SweepTexts::strategies>,
                   set<&SweepTexts::strategies, std::vector<std::string>>)
      .def_prop_rw("communication", get<&SweepTexts::communication>,
                   set<&SweepTexts::communication, Optional>, nb::arg().none())
      .def_prop_rw("replications", get<&SweepTexts::iterations>, set<&SweepTexts::iterations, std::string>)
      .def_prop_rw("seed", get<&SweepTexts::seed>, set<&SweepTexts::seed, std::string>)
      .def_prop_rw("draws", get<&SweepTexts::draws>, set<&SweepTexts::draws, std::string>)
      .def_rw("model", &AskedRace::model)
      .def_rw("learning_rate", &AskedRace::learning_rate)
      .def_rw("times", &AskedRace::times, nb::arg().none())
      .def_rw("updates", &AskedRace::updates, nb::arg().none())
      .def_rw("target", &AskedRace::target, nb::arg().none())
      .def_rw("curves", &AskedRace::curves)
      .def_rw("engine", &AskedRace::engine)
      .def_rw("threads", &AskedRace::threads, nb::arg().none())
      .def_rw("unit", &AskedRace::unit);
  m.def("race", &race_unlocked, nb::arg("texts"), nb::arg("argv"),
        "Races strategies: the document that dsgd race -o FILE.json writes.");
}

}  // namespace dsgd
