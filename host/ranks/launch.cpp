#include "ranks/launch.hpp"

#include <charconv>
#include <cstdlib>
#include <initializer_list>
#include <string_view>

namespace dsgd {
namespace {

/// The first of some variables that holds a whole number, else `otherwise`.
int number_of(std::initializer_list<char const*> names, int otherwise) {
  for (char const* const name : names) {
    char const* const value = std::getenv(name);
    if (value == nullptr) continue;
    std::string_view const text(value);
    int number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && number >= 0) return number;
  }
  return otherwise;
}

}  // namespace

std::optional<Launch> launch_from_environment() {
  // Open MPI's mpirun; MPICH's and Slurm's PMI; Slurm's PMIx, which leaves the size to Slurm's own variable.
  int const rank = number_of({"OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK"}, -1);
  if (rank < 0) return std::nullopt;
  int const size = number_of({"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"}, 1);
  if (size < 2 || rank >= size) return std::nullopt;
  return Launch{rank, size, number_of({"OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID", "SLURM_LOCALID"}, 0),
                number_of({"OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS"}, 1)};
}

}  // namespace dsgd
