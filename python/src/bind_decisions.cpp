#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string>
#include <utility>
#include <vector>

#include "answer.hpp"
#include "bind.hpp"
#include "cli/recommend_options.hpp"
#include "exact_values/exact_text.hpp"
#include "exact_values/exact_values.hpp"
#include "interruption.hpp"
#include "recommend/recommend_text.hpp"

namespace nb = nanobind;

namespace dsgd {
namespace {

/// Without the interpreter's lock. @throws Error
Answer exact_unlocked(SweepTexts const& texts, std::vector<std::string> const& argv) {
  nb::gil_scoped_release const unlocked;
  ExactDocument document = exact_values(parse_request(texts), argv);
  std::string json = exact_json(document);
  return {std::move(json), std::move(document.notes), std::move(document.warnings)};
}

/// Without the interpreter's lock. @throws Error; whatever a signal's handler raises
Answer recommend_unlocked(RecommendTexts const& texts, std::vector<std::string> const& argv) {
  Interruption interruption;
  try {
    nb::gil_scoped_release const unlocked;
    RecommendRequest request = parse_recommend_request(texts);
    request.stop = [&] { return interruption(); };
    Recommendation result = recommend(request, texts.unit, argv);
    std::string json = recommend_json(result);
    return {std::move(json), std::move(result.notes), std::move(result.warnings)};
  } catch (Error const&) {
    if (interruption.raised()) throw nb::python_error(*interruption.raised());
    throw;
  }
}

}  // namespace

void bind_decisions(nb::module_& m) {
  using OptionalText = std::optional<std::string> SweepTexts::*;
  auto const get = [](OptionalText text) {
    return [text](RecommendTexts const& texts) { return texts.what.*text; };
  };
  auto const set = [](OptionalText text) {
    return [text](RecommendTexts& texts, std::optional<std::string> value) {
      texts.what.*text = std::move(value);
    };
  };
  nb::class_<Answer>(m, "Answer", "What a command came to.")
      .def_ro("json", &Answer::json, "the document that the command writes with -o FILE.json")
      .def_ro("notes", &Answer::notes, "lines to tell users")
      .def_ro("warnings", &Answer::warnings, "lines to worry them");
  nb::class_<RecommendTexts>(m, "RecommendTexts", "What is compared, as the command line takes it.")
      .def(nb::init<>())
      .def_prop_rw("workers", get(&SweepTexts::workers), set(&SweepTexts::workers), nb::arg().none())
      .def_prop_rw(
          "laws", [](RecommendTexts const& texts) { return texts.what.law.laws; },
          [](RecommendTexts& texts, std::vector<std::string> laws) { texts.what.law.laws = std::move(laws); })
      .def_prop_rw(
          "strategies", [](RecommendTexts const& texts) { return texts.what.strategies; },
          [](RecommendTexts& texts, std::vector<std::string> all) { texts.what.strategies = std::move(all); })
      .def_prop_rw("communication", get(&SweepTexts::communication), set(&SweepTexts::communication),
                   nb::arg().none())
      .def_prop_rw("server", get(&SweepTexts::server), set(&SweepTexts::server), nb::arg().none())
      .def_prop_rw("stragglers", get(&SweepTexts::stragglers), set(&SweepTexts::stragglers), nb::arg().none())
      .def_prop_rw(
          "iterations", [](RecommendTexts const& texts) { return texts.what.iterations; },
          [](RecommendTexts& texts, std::string count) { texts.what.iterations = std::move(count); })
      .def_prop_rw(
          "seed", [](RecommendTexts const& texts) { return texts.what.seed; },
          [](RecommendTexts& texts, std::string seed) { texts.what.seed = std::move(seed); })
      .def_rw("goal", &RecommendTexts::goal)
      .def_rw("model", &RecommendTexts::model, nb::arg().none())
      .def_rw("within", &RecommendTexts::within)
      .def_rw("bootstrap", &RecommendTexts::bootstrap)
      .def_rw("threads", &RecommendTexts::threads, nb::arg().none())
      .def_rw("unit", &RecommendTexts::unit);
  m.def("exact", &exact_unlocked, nb::arg("texts"), nb::arg("argv"),
        "Finds exact values: the document that dsgd exact -o FILE.json writes.");
  m.def("recommend", &recommend_unlocked, nb::arg("texts"), nb::arg("argv"),
        "Compares candidates: the document that dsgd recommend -o FILE.json writes.");
}

}  // namespace dsgd
