#include "recommend/resampling.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <variant>

#include "dsgd/draw/address.hpp"
#include "dsgd/expects.hpp"
#include "exact/student_t.hpp"

namespace dsgd {
namespace {

Empirical const* measured_law(FleetGroup const& group) { return std::get_if<Empirical>(&group.law); }

std::uint32_t drawn_number(Stream stream, std::uint64_t replicate, std::uint64_t index, std::uint32_t count) {
  return static_cast<std::uint32_t>(std::uint64_t{draw_word(stream, replicate, index)} * count >> 32);
}

bool have_same_times(Empirical const& a, Empirical const& b) {
  std::span<float const> const first = a.sampler().table(), second = b.sampler().table();
  return a.origin() - a.shift == b.origin() - b.shift &&
         std::equal(first.begin(), first.end(), second.begin(), second.end());
}

Empirical with_rows(Empirical const& law, std::vector<std::uint32_t> const& rows) {
  std::span<float const> const table = law.sampler().table();
  double const smallest = law.origin() - law.shift;
  std::vector<double> values;
  values.reserve(rows.size());
  for (std::uint32_t const row : rows) values.push_back(smallest + static_cast<double>(table[row]));
  Empirical drawn;
  drawn.shift = law.shift;
  drawn.set_values(std::move(values));
  return drawn;
}

}  // namespace

std::size_t measured_rows(Fleet const& fleet) {
  DSGD_EXPECTS(fleet.is_measured());
  if (fleet.replay()) return fleet.replay()->steps();
  std::size_t fewest = 0;
  for (FleetGroup const& group : fleet.groups())
    if (Empirical const* const law = measured_law(group)) {
      std::size_t const size = law->sampler().size;
      fewest = fewest == 0 ? size : std::min(fewest, size);
    }
  return fewest;
}

std::vector<std::uint32_t> drawn_rows(std::uint32_t count, std::uint32_t block, Stream stream,
                                      std::uint64_t replicate) {
  DSGD_EXPECTS(block >= 1 && block <= count);
  std::vector<std::uint32_t> rows(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    bool const begins = i % block == 0;
    rows[i] = begins ? drawn_number(stream, replicate, i / block, count) : (rows[i - 1] + 1) % count;
  }
  return rows;
}

std::uint32_t block_length(std::vector<double> const& series) {
  auto const count = static_cast<double>(series.size());
  double const mean = std::accumulate(series.begin(), series.end(), 0.0) / count;
  double variance = 0, neighbours = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    double const apart = series[i] - mean;
    variance += apart * apart;
    if (i > 0) neighbours += apart * (series[i - 1] - mean);
  }
  double const correlation = variance > 0 ? neighbours / variance : 0;
  if (correlation <= normal_95 / std::sqrt(count)) return 1;
  double const length = std::cbrt(6 * std::pow(correlation / (1 - correlation * correlation), 2) * count);
  return static_cast<std::uint32_t>(std::clamp(std::ceil(length), 1.0, std::max(1.0, count / 4)));
}

Fleet replayed(Replay const& replay, std::vector<std::uint32_t> const& rows) {
  std::vector<double> times;
  times.reserve(rows.size() * replay.workers());
  for (std::uint32_t const row : rows)
    for (std::size_t worker = 0; worker < replay.workers(); ++worker)
      times.push_back(replay.law(worker).origin() + static_cast<double>(replay.excess(worker, row)));
  auto drawn = std::make_shared<Replay>();
  drawn->set_times(replay.workers(), std::move(times));
  return Fleet(std::shared_ptr<Replay const>(std::move(drawn)));
}

Fleet with_drawn_times(Fleet const& fleet, Stream stream, std::uint64_t replicate) {
  DSGD_EXPECTS(!fleet.replay());
  std::vector<FleetGroup> groups(fleet.groups().begin(), fleet.groups().end());
  std::vector<Empirical> tables;  // those that were met, each with a stream of its own
  for (FleetGroup& group : groups) {
    Empirical const* const law = measured_law(group);
    if (law == nullptr) continue;
    auto const known = std::find_if(tables.begin(), tables.end(),
                                    [&](Empirical const& table) { return have_same_times(table, *law); });
    Stream const own{stream.seed, stream.id + static_cast<std::uint32_t>(known - tables.begin())};
    if (known == tables.end()) tables.push_back(*law);
    group.law = with_rows(*law, drawn_rows(law->sampler().size, 1, own, replicate));
  }
  return Fleet(std::move(groups));
}

}  // namespace dsgd
