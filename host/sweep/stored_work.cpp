#include "sweep/stored_work.hpp"

#include <algorithm>
#include <filesystem>
#include <span>

#include "dsgd/error.hpp"
#include "store/resume.hpp"
#include "sweep/description.hpp"

namespace dsgd {
namespace {

/// How one list of a sweep has grown or shrunk against that of the store's.
struct Change {
  bool adds = false, leaves = false;
};

template <class Entry>
Change change(std::vector<Entry> stored, std::vector<Entry> wanted) {
  std::sort(stored.begin(), stored.end());
  std::sort(wanted.begin(), wanted.end());
  return {!std::includes(stored.begin(), stored.end(), wanted.begin(), wanted.end()),
          !std::includes(wanted.begin(), wanted.end(), stored.begin(), stored.end())};
}

std::string listed(std::vector<std::string> const& entries) {
  constexpr std::size_t shown = 4;  // an error is a line
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, entries.size()); ++i)
    text.append(i == 0 ? "" : ",").append(entries[i]);
  return entries.size() > shown ? text + ",..." : text;
}

/// Compares a sweep with the one that a store is of.
/// @param work  what is wanted of each point, and what the store has of it
/// @return true for `adds` where the sweep has laws, strategies or workers that the store's has not, and for
/// `leaves` where it lacks some
/// @throws Error damaged where a sweep brings points of its own and lacks some of the store's, unless on
/// purpose: it belongs in a store of its own; or where the store describes no workers
Change check_growth(Store const& store, Description const& wanted, std::span<PointWork const> work,
                    Joining joining) {
  Description const& stored = store.description();
  auto const workers = [&](Description const& description) {
    return described_workers(description, store.path());
  };
  struct {
    Change change;
    std::string text;
  } const parts[] = {
      {change(workers(stored), workers(wanted)),
       "--workers is " + wanted.workers + ", the store's is " + stored.workers},
      {change(stored.strategies, wanted.strategies),
       "--strategy is " + listed(wanted.strategies) + ", the store's is " + listed(stored.strategies)},
      {change(stored.swept_laws, wanted.swept_laws),
       "--law is " + listed(wanted.swept_laws) + ", the store's is " + listed(stored.swept_laws)},
  };
  Change growth;
  std::string found;
  for (auto const& [change, text] : parts) {
    growth.adds = growth.adds || change.adds;
    growth.leaves = growth.leaves || change.leaves;
    if (change.adds || change.leaves) found.append(found.empty() ? "" : "; ").append(text);
  }
  bool const brings_points = std::any_of(
      work.begin(), work.end(), [](PointWork const& one) { return one.done == 0 && one.units.count != 0; });
  if (brings_points && growth.adds && growth.leaves && joining != Joining::on_purpose)
    throw Error(ExitCode::damaged, "the store '" + store.path() + "' is of another sweep", found,
                "give --store without other options to continue its own sweep, --add to add these points to "
                "it, or name another store");
  return growth;
}

std::vector<PointWork> work_in(Store const& store, PlannedSweep const& sweep) {
  SweepRequest const& request = sweep.request;
  return resume(store, sweep.points, request.shard, shard_by(request.relative_error));
}

}  // namespace

std::vector<PointWork> work_beside(std::string const& path, PlannedSweep const& sweep, Joining joining) {
  if (!std::filesystem::exists(path)) return work_of(sweep);
  Store const store(path);
  Description const description = describe(sweep.request);
  if (std::string const found = difference(store.description(), description); !found.empty())
    throw Error(ExitCode::damaged, "the store '" + path + "' is of another sweep", found,
                "plan the sweep it is of, or name another store");
  std::vector<PointWork> work = work_in(store, sweep);
  check_growth(store, description, work, joining);
  return work;
}

std::vector<PointWork> work_of(PlannedSweep const& sweep) {
  SweepRequest const& request = sweep.request;
  std::vector<PointWork> work = whole_work(sweep.points);
  for (std::size_t i = 0; i < work.size(); ++i)
    work[i].units = shard_units(request.shard, shard_by(request.relative_error), sweep.points[i].point(),
                                work[i].units.count);
  return work;
}

OpenedStore open_store(std::string const& path, PlannedSweep const& sweep, Joining joining) {
  Description const description = describe(sweep.request);
  OpenedStore opened{Store(path, description), {}, {}};
  opened.work = work_in(opened.store, sweep);
  Change const growth = check_growth(opened.store, description, opened.work, joining);
  if (growth.leaves)
    opened.store.note_laws(description);
  else
    opened.store.note_sweep(description);
  if (growth.adds && !growth.leaves)
    opened.growth = "'" + path + "' grows, and is of this sweep from now on: " + typed_text(description);
  return opened;
}

}  // namespace dsgd
