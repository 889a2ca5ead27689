#include "sweep/store_status.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <set>
#include <string_view>
#include <vector>

#include "dsgd/error.hpp"
#include "output/grid.hpp"
#include "output/json_values.hpp"
#include "output/provenance.hpp"
#include "run/runner.hpp"
#include "run/shard.hpp"
#include "run/stopping_rule.hpp"
#include "store/resume.hpp"
#include "sweep/description.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

/// Others may have named what a store says, and no name steers a terminal.
std::string on_one_line(std::string text) {
  for (char& c : text)
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = ' ';
  return text;
}

/// @throws Error file
std::string time_of_last_write(std::string const& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return utc_text(status.st_mtime);
  throw Error(ExitCode::file, "the store '" + path + "' cannot be read", std::strerror(errno),
              "give the file that --store named");
}

/// Iterations in some units of a point's work.
double iterations_in(PlannedPoint const& point, std::uint64_t units) {
  return static_cast<double>(iterations_done(point)) * static_cast<double>(units) /
         static_cast<double>(work_units(point));
}

/// Iterations may be too many for 64 bits.
std::string count_text(double iterations) {
  std::array<char, 400> text{};
  auto const end =
      std::to_chars(text.data(), text.data() + text.size(), iterations, std::chars_format::fixed, 0);
  return {text.data(), end.ptr};
}

std::string next_command(StoreStatus const& status) {
  if (!status.complete()) return "dsgd resume " + path_word(status.path);
  if (status.description.shard.empty()) return "dsgd merge " + path_word(status.path) + " -o results.csv";
  return "dsgd merge STORE... -o results.csv";
}

/// What a store is asked for, and how far it is.
Json store_json(StoreStatus const& status) {
  Description const& sweep = status.description;
  return {
      {"store", status.path},
      {"last_written", status.last_written},
      {"complete", status.complete()},
      {"points",
       {{"total", status.points},
        {"finished", status.finished},
        {"of_other_sweeps", status.of_other_sweeps}}},
      {"iterations", {{"total", status.iterations}, {"done", status.iterations_done}}},
      {"share", status.share},
      {"next", status.next},
      {"sweep",
       {{"workers", sweep.workers},
        {"laws", sweep.typed_laws},
        {"strategies", sweep.strategies},
        {"iterations", sweep.iterations},
        {"seed", sweep.seed},
        {"draws", sweep.draws},
        {"sampling", sweep.sampling},
        {"communication", or_null(sweep.communication)},
        {"server", or_null(sweep.server)},
        {"stragglers", or_null(sweep.stragglers)},
        {"quantiles", or_null(sweep.quantiles)},
        {"updates", or_null(sweep.updates)},
        {"relative_error", or_null(sweep.relative_error)},
        {"shard", or_null(sweep.shard)}}},
  };
}

/// Several stores together.
struct Total {
  std::size_t points = 0, finished = 0;
  double iterations = 0, iterations_done = 0;
  double share = 1;  ///< of the draws of all
  std::string next;  ///< what comes after, in words; empty where that is what their own lines say

  explicit Total(std::vector<StoreStatus> const& statuses) {
    double draws = 0, done = 0;
    for (StoreStatus const& status : statuses) {
      points += status.points;
      finished += status.finished;
      iterations += status.iterations;
      iterations_done += status.iterations_done;
      draws += status.draws;
      done += status.share * status.draws;
    }
    if (draws > 0) share = std::clamp(done / draws, 0.0, 1.0);
    next = next_of(statuses);
  }

 private:
  /// Where all shards of a sweep are there, the command that joins them; else which are not.
  std::string next_of(std::vector<StoreStatus> const& statuses) const {
    std::set<std::uint64_t> numbers;
    std::uint64_t count = 0;
    std::string command = "dsgd merge";
    for (StoreStatus const& status : statuses) {
      if (status.description.shard.empty()) return {};
      Shard const shard = parse_shard(status.description.shard);
      if (count != 0 && shard.count != count) return {};
      count = shard.count;
      numbers.insert(shard.number);
      command += " " + path_word(status.path);
    }
    if (numbers.size() < count) {
      std::uint64_t first = 1;
      while (numbers.contains(first)) ++first;
      return std::to_string(count - numbers.size()) + " of " + std::to_string(count) +
             " shards are in none of these stores, first shard " + shard_text({first, count});
    }
    return finished == points ? "All is done. The results: " + command + " -o results.csv" : "";
  }
};

}  // namespace

StoreStatus store_status(std::string const& path) {
  StoreStatus status{path, {}, 0, 0, 0, 0, 0, 0, 1, time_of_last_write(path), {}};
  Store const store = Store::snapshot(path);
  status.description = store.description();
  PlannedSweep const sweep = described_sweep(status.description, path);
  SweepRequest const& request = sweep.request;
  std::vector<PointWork> work = resume(store, sweep.points, request.shard, shard_by(request.relative_error));

  std::vector<bool> finished(work.size());
  for (std::size_t i = 0; i < work.size(); ++i) {
    PlannedPoint const& point = sweep.points[i];
    finished[i] = is_finished(point, work[i], request.relative_error);
    status.iterations += iterations_in(point, work[i].units.count);
    status.iterations_done += iterations_in(point, work[i].done);
  }
  auto const known = std::count_if(sweep.points.begin(), sweep.points.end(), [&](PlannedPoint const& point) {
    return store.find(point_text(point)).has_value();
  });
  status.of_other_sweeps = store.size() - static_cast<std::size_t>(known);
  for (std::size_t i = 0; i < work.size(); ++i) {
    if (work[i].units.count == 0) continue;  // another shard's
    ++status.points;
    status.finished += finished[i] ? 1 : 0;
  }
  double const left = draws_left(group_by_draws(sweep.points, work, finished));
  for (std::size_t i = 0; i < work.size(); ++i) {
    work[i].done = 0;
    finished[i] = work[i].units.count == 0;
  }
  double const all = draws_left(group_by_draws(sweep.points, work, finished));
  status.draws = all;
  if (all > 0) status.share = std::clamp(1 - left / all, 0.0, 1.0);
  status.next = next_command(status);
  return status;
}

std::string status_text(StoreStatus const& status) {
  auto const number = [](double value) { return shortest(round_to_digits(value, 6)); };
  Description const& sweep = status.description;
  std::string text = on_one_line("Store '" + status.path + "', last written " + status.last_written) + "\n\n";
  text += wrapped("sweep       " + on_one_line(typed_text(sweep)), line_width) + "\n";
  text += "points      " + std::to_string(status.finished) + " of " + std::to_string(status.points) +
          " finished\n";
  if (status.of_other_sweeps > 0)
    text += "            and " + std::to_string(status.of_other_sweeps) +
            " of other sweeps, which their own commands continue\n";
  text += "iterations  " + count_text(status.iterations_done) + " of " +
          (sweep.relative_error.empty() ? "" : "at most ") + count_text(status.iterations) + "\n";
  text += "done        " + number(100 * status.share) + " % of the draws\n";
  if (!sweep.shard.empty()) text += "shard       " + sweep.shard + ", whose part this is\n";
  if (!status.complete()) return text + "\nGoes on with: " + on_one_line(status.next) + "\n";
  return text + "\nAll is done. " +
         (sweep.shard.empty() ? "Its results: " : "With the stores of the other shards: ") +
         on_one_line(status.next) + "\n";
}

std::string status_json(StoreStatus const& status, std::vector<std::string> argv) {
  Json document = {{"schema", "dsgd.status/1"}};
  document.update(store_json(status));
  document["provenance"] = machine_json(provenance_now(std::move(argv)));
  return json_dump(document, 2) + "\n";
}

std::string statuses_text(std::vector<StoreStatus> const& statuses) {
  Align const l = Align::left, r = Align::right;
  auto const done = [](double share) { return shortest(round_to_digits(100 * share, 4)) + " %"; };
  auto const finished = [](std::size_t some, std::size_t all) {
    return std::to_string(some) + " of " + std::to_string(all);
  };
  std::vector<GridRow> rows;
  for (StoreStatus const& status : statuses) {
    std::string const shard = status.description.shard;
    rows.push_back({on_one_line(status.path), shard.empty() ? "-" : shard,
                    finished(status.finished, status.points), done(status.share),
                    status.complete() ? "all is done" : on_one_line(status.next)});
  }
  Total const total(statuses);
  rows.push_back({"total", "", finished(total.finished, total.points), done(total.share), ""});
  return aligned({"store", "shard", "points finished", "of draws", "next"}, {l, r, r, r, l}, rows) +
         (total.next.empty() ? "" : "\n" + on_one_line(total.next) + "\n");
}

std::string statuses_json(std::vector<StoreStatus> const& statuses, std::vector<std::string> argv) {
  Total const total(statuses);
  Json stores = Json::array();
  for (StoreStatus const& status : statuses) stores.push_back(store_json(status));
  Json const document = {
      {"schema", "dsgd.statuses/1"},
      {"complete", total.finished == total.points},
      {"points", {{"total", total.points}, {"finished", total.finished}}},
      {"iterations", {{"total", total.iterations}, {"done", total.iterations_done}}},
      {"share", total.share},
      {"stores", stores},
      {"provenance", machine_json(provenance_now(std::move(argv)))},
  };
  return json_dump(document, 2) + "\n";
}

}  // namespace dsgd
