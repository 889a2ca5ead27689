#include "bench/bench_text.hpp"
#include "output/json_values.hpp"

namespace dsgd {
namespace {

Json calibration_json(std::vector<CudaCalibration> const& devices) {
  Json json = Json::array();
  for (CudaCalibration const& device : devices)
    json.push_back({{"device", device.ordinal},
                    {"multiprocessors", device.multiprocessors},
                    {"clock_hertz", device.clock_hertz},
                    {"wide_multiplies_per_second", device.wide_multiplies_per_second},
                    {"logic_per_second", device.logic_per_second},
                    {"minima_per_second", device.minima_per_second},
                    {"copy_bytes_per_second", device.copy_bytes_per_second}});
  return json;
}

}  // namespace

std::string bench_json(std::vector<BenchRow> const& rows, Provenance const& provenance) {
  Json measurements = Json::array();
  for (BenchRow const& row : rows)
    measurements.push_back({
        {"engine", row.engine},
        {"device", row.device},
        {"workers", row.workers},
        {"iterations", row.iterations},
        {"repeat", row.repeat},
        {"draws_per_second", row.draws_per_second},
        {"draws_per_second_slowest", row.slowest},
        {"draws_per_second_fastest", row.fastest},
        {"nanoseconds_per_draw", row.nanoseconds_per_draw},
        {"iterations_per_second", row.iterations_per_second},
        {"cycles_per_draw", or_null(row.cycles_per_draw)},
        {"ceiling_fraction", or_null(row.ceiling_fraction)},
        {"copy_bytes_per_second", or_null(row.copy_bytes_per_second)},
        {"machine_share", row.machine_share},
        {"calibration", calibration_json(row.calibration)},
    });
  Json const document = {
      {"schema", "dsgd.bench/1"},
      {"measurements", measurements},
      {"provenance", machine_json(provenance)},
  };
  return json_dump(document, 2) + "\n";
}

}  // namespace dsgd
