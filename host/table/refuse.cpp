#include "table/refuse.hpp"

#include "dsgd/error.hpp"

namespace dsgd::table {

void refuse(Source const& source, std::string const& problem, std::string const& why,
            std::string const& advice) {
  throw Error(ExitCode::usage, source.option + ": '" + source.path + "' " + problem, why, advice);
}

void refuse_unreadable(Source const& source, std::string const& why) {
  throw Error(ExitCode::file, source.option + ": '" + source.path + "' cannot be read", why,
              "give the path of a readable file");
}

}  // namespace dsgd::table
