/// What mpirun or srun says to the processes that it starts, read from the environment at no cost.
#pragma once

#include <optional>

namespace dsgd {

/// A process among those that were started together.
struct Launch {
  int rank, size;              ///< 0 <= rank < size
  int local_rank, local_size;  ///< rank and number among those on this machine
};

/// Finds this process's place in its launch.
/// @return nothing where this process was started alone
std::optional<Launch> launch_from_environment();

}  // namespace dsgd
