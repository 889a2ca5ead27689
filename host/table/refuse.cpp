#include "table/refuse.hpp"

#include "dsgd/error.hpp"

namespace dsgd::table {

void refuse(std::string const& path, std::string const& problem, std::string const& advice) {
  throw Error(ExitCode::usage, "--law empirical: '" + path + "' " + problem + ": " + advice);
}

}  // namespace dsgd::table
