#include "output/provenance.hpp"

#include <unistd.h>

#include <array>
#include <ctime>

#include "build_commit.hpp"

namespace dsgd {
namespace {

#if defined(__clang__)
constexpr char const* compiler = "clang " __clang_version__;
#else
constexpr char const* compiler = "g++ " __VERSION__;
#endif

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

}  // namespace

std::string utc_text(std::time_t time) {
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  std::array<char, 32> text{};
  std::size_t const length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), length};
}

Provenance provenance_now(std::vector<std::string> argv) {
  Provenance provenance;
  provenance.argv = std::move(argv);
  provenance.version = DSGD_VERSION;
  provenance.commit = build_commit;
  provenance.compiler = compiler;
  provenance.cuda = DSGD_CUDA_VERSION;
  provenance.host = host_name();
  provenance.start = utc_text(std::time(nullptr));
  return provenance;
}

std::string version_line() {
  std::string const commit = build_commit;
  std::string const cuda = DSGD_CUDA_VERSION;
  return std::string("dsgd ") + DSGD_VERSION + " (" + (commit.empty() ? "no commit" : commit) + ", " +
         compiler + ", " + (cuda.empty() ? "without CUDA" : "CUDA " + cuda) + ", " +
         (mpi_version().empty() ? "without MPI" : "MPI " + mpi_version()) + ")";
}

std::string mpi_version() { return DSGD_MPI_VERSION; }

}  // namespace dsgd
