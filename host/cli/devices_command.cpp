#include <unistd.h>

#include <CLI/CLI.hpp>
#include <thread>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "dsgd/engine/cuda.hpp"
#include "engines/table.hpp"
#include "output/grid.hpp"
#include "output/provenance.hpp"
#include "ranks/messenger.hpp"
#include "text/number.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

/// CUDA's version numbers: 13020 is 13.2.
std::string cuda_version(int number) {
  return std::to_string(number / 1000) + "." + std::to_string(number % 1000 / 10);
}

/// Which engines there are; below, what each of them is, and why some cannot be used.
std::string engines_text() {
  std::vector<GridRow> rows, meanings, problems;
  for (EngineRow const& row : engine_table()) {
    std::string const name(row.name), problem = row.problem();
    rows.push_back({name, problem.empty() ? "yes" : "no", std::string(row.serves)});
    meanings.push_back({name, std::string(row.meaning)});
    if (!problem.empty()) problems.push_back({name, "not available: " + problem});
  }
  Align const l = Align::left;
  return aligned({"engine", "available", "serves"}, {l, l, l}, rows) + "\n" +
         wrapped(aligned({"engine", "what it is"}, {l, l}, meanings)) +
         (problems.empty()
              ? ""
              : "\n" + wrapped(aligned(problems.front(), {l, l}, {problems.begin() + 1, problems.end()})));
}

std::string devices_text() {
  CudaInventory const cuda = cuda_inventory();
  std::vector<GridRow> rows{{"host", std::to_string(std::thread::hardware_concurrency()) + " threads", ""}};
  for (CudaDevice const& device : cuda.devices)
    rows.push_back({"cuda " + std::to_string(device.ordinal), device.name,
                    "sm_" + std::to_string(device.major) + std::to_string(device.minor) + ", " +
                        significant(static_cast<double>(device.memory_bytes) / (1u << 30), 3) + " GiB"});
  Align const l = Align::left;
  std::string text = aligned({"device", "name", ""}, {l, l, l}, rows);
  if (cuda.runtime_version != 0)
    text += "\nCUDA runtime " + cuda_version(cuda.runtime_version) + ", driver " +
            (cuda.driver_version == 0 ? "none" : "for CUDA " + cuda_version(cuda.driver_version)) + "\n";
  return text;
}

/// Whether mpirun can share a sweep, and what to do where it cannot.
std::string mpi_text() {
  if (mpi_version().empty())
    return "MPI: no (dsgd was built without it): to use mpirun, install libopenmpi-dev and openmpi-bin, and "
           "build dsgd again";
  if (std::string const problem = ranks_problem(); !problem.empty())
    return "MPI: no (" + problem + "): to use mpirun, install the MPI that dsgd was built with";
  return "MPI: yes, version " + mpi_version() +
         " of the standard ('mpirun -n R dsgd sweep' shares a sweep among R processes)";
}

}  // namespace

void add_devices_command(CLI::App& app) {
  CLI::App& command = *app.add_subcommand(
      "devices", "List the engines and devices of this machine, and whether MPI is there");
  command.footer(
      "serves says which points an engine can compute. 'dsgd plan' shows how long each of them would take "
      "for a sweep; --engine auto takes the one that is expected to be the fastest.\n");
  command.callback([] {
    write_all(STDOUT_FILENO, engines_text() + "\n" + devices_text() + "\n" + wrapped(mpi_text()) + "\n",
              "standard output");
  });
}

}  // namespace dsgd
