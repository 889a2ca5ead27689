#include "output/json_values.hpp"
#include "plan/plan_text.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

Json engine_json(EnginePlan const& plan, DrawCounts const& draws) {
  EngineRow const& engine = *plan.engine;
  return {
      {"engine", engine.name},
      {"problem", or_null(plan.problem)},
      {"device", or_null(plan.device)},
      {"draws", engine.draws(draws)},
      {"seconds", or_null(plan.seconds)},
      {"source", plan.from_bench ? Json("bench")
                 : plan.seconds  ? Json("calibration")
                                 : Json(nullptr)},
      {"memory_traffic_bytes", engine.memory_traffic(draws)},
      {"memory_bytes", plan.memory},
  };
}

Json extreme_json(std::optional<Precision::Extreme> const& extreme, std::span<PlannedPoint const> points) {
  if (!extreme) return nullptr;
  Point const& point = points[extreme->point].point();
  return {
      {"relative_half_width", extreme->half_width},
      {"law", fleet_spec(point)},
      {"strategy", canonical_spec(point.strategy)},
      {"workers", point.workers()},
  };
}

Json stopping_json(std::optional<Stopping> const& stopping) {
  if (!stopping) return nullptr;
  bool const any = stopping->stopped > 0;
  return {
      {"relative_error", stopping->relative_error},
      {"stopped", stopping->stopped},
      {"fewest_iterations", any ? Json(stopping->fewest) : Json(nullptr)},
      {"most_iterations", any ? Json(stopping->most) : Json(nullptr)},
      {"not_stopped", stopping->not_stopped},
      {"unknown", stopping->unknown},
  };
}

}  // namespace

std::string plan_json(Plan const& plan, std::span<PlannedPoint const> points, Provenance const& provenance) {
  Json engines = Json::array();
  for (EnginePlan const& engine : plan.engines) engines.push_back(engine_json(engine, plan.draws));
  Json const document = {
      {"schema", "dsgd.plan/1"},
      {"points", plan.points},
      {"iterations", plan.iterations},
      {"memory_bytes", plan.memory},
      {"wanted_share", plan.wanted_share},
      {"done_share", plan.done_share},
      {"stopping", stopping_json(plan.stopping)},
      {"machine_share", plan.machine_share},
      {"engines", engines},
      {"precision",
       {{"points", plan.precision.looked_at},
        {"unknown", plan.precision.unknown},
        {"best", extreme_json(plan.precision.best, points)},
        {"worst", extreme_json(plan.precision.worst, points)}}},
      {"provenance", machine_json(provenance)},
  };
  return json_dump(document, 2) + "\n";
}

}  // namespace dsgd
