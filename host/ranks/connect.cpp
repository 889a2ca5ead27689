#include <dlfcn.h>

#include <string>

#include "dsgd/error.hpp"
#include "ranks/messenger.hpp"

namespace dsgd {

std::unique_ptr<Messenger> connect_ranks() {
  // Looked for beside the program, then where it is installed. MPI's own modules need its symbols for all.
  void* const module = ::dlopen("dsgd_mpi.so", RTLD_NOW | RTLD_GLOBAL);
  void* const maker = module == nullptr ? nullptr : ::dlsym(module, "dsgd_make_mpi_messenger");
  if (maker == nullptr) {
    char const* const reason = ::dlerror();
    throw Error(ExitCode::engine_unavailable,
                std::string("the ranks of this launch cannot meet (") + (reason == nullptr ? "" : reason) +
                    "): build with MPI installed, or start dsgd without mpirun");
  }
  return std::unique_ptr<Messenger>(reinterpret_cast<Messenger* (*)()>(maker)());
}

}  // namespace dsgd
