#include <dlfcn.h>

#include <string>

#include "dsgd/error.hpp"
#include "ranks/messenger.hpp"

namespace dsgd {
namespace {

using Maker = Messenger* (*)();

/// Finds the function that makes a messenger; null where there is none, and dlerror() has the reason.
Maker find_maker() {
  // The module is looked for beside the program, then where it is installed. Its symbols are made global, as
  // MPI's own modules need them.
  void* const module = ::dlopen("dsgd_mpi.so", RTLD_NOW | RTLD_GLOBAL);
  return module == nullptr ? nullptr : reinterpret_cast<Maker>(::dlsym(module, "dsgd_make_mpi_messenger"));
}

std::string load_error() {
  char const* const reason = ::dlerror();
  return reason == nullptr ? "" : reason;
}

}  // namespace

std::unique_ptr<Messenger> connect_ranks() {
  Maker const maker = find_maker();
  if (maker == nullptr)
    throw Error(ExitCode::engine_unavailable, "the processes of mpirun cannot be connected", load_error(),
                "build dsgd where MPI is installed, or start it without mpirun");
  return std::unique_ptr<Messenger>(maker());
}

std::string ranks_problem() { return find_maker() == nullptr ? load_error() : std::string(); }

}  // namespace dsgd
