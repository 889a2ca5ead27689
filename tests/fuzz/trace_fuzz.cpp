// Any file: measured delays, which the column's own name finds again, or refused in one line of text. The
// first byte chooses the column.
#include "spec/trace.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdlib>

#include "dsgd/error.hpp"
#include "table/cell.hpp"
#include "text/plain_text.hpp"

namespace {

/// The name of a column, which stands in canonical specs, must find the same values once more.
void check_again(std::string const& path, dsgd::Trace const& trace) try {
  dsgd::Trace const again = dsgd::read_trace(path, trace.column);
  if (again.column != trace.column || again.values != trace.values) std::abort();
} catch (dsgd::Error const&) {
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(char const* data, std::size_t size) {
  static int const file = ::memfd_create("trace", 0);
  static std::string const path = "/proc/self/fd/" + std::to_string(file);
  static constexpr std::array columns{"", "1", "2", "seconds", "4294967297", "0"};
  if (size == 0) return 0;
  auto const choice = static_cast<unsigned char>(*data);
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, data + 1, size - 1, 0) < 0) std::abort();
  try {
    dsgd::Trace const trace = dsgd::read_trace(path, columns.at(choice % columns.size()));
    if (trace.values.size() < 2 || trace.sha256.size() != 64) std::abort();
    for (double const value : trace.values)
      if (!(value >= 0 && value <= dsgd::table::max_delay)) std::abort();
    check_again(path, trace);
  } catch (dsgd::Error const& error) {
    std::string const message = error.what();
    if (message.find('\n') != std::string::npos || dsgd::find_no_text(message) != std::string::npos)
      std::abort();
  }
  return 0;
}
