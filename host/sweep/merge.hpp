/// Stores of a sweep's shards, joined to the results of the whole.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "output/document.hpp"
#include "request/planned_sweep.hpp"
#include "run/draw_groups.hpp"
#include "store/description.hpp"
#include "store/store.hpp"

namespace dsgd {

/// A whole sweep that was run in parts.
struct MergedSweep {
  PlannedSweep sweep;
  Description description;
  std::vector<PointWork> work;  ///< one per point, all of it done
};

/// @pre there is a store
/// @throws Error damaged where the stores are not those of all shards of one sweep, finished, or describe none
MergedSweep merge(std::span<Store const> stores);

/// The results of a merged sweep. @param argv  for the provenance
Document merged_document(MergedSweep const& merged, std::size_t stores, std::vector<std::string> argv);

/// Writes a merged sweep to a new store. @throws Error file, also where a file is already
void write_store(std::string const& path, MergedSweep const& merged);

}  // namespace dsgd
