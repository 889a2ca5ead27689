#include "runtime/settings.hpp"

#include <cstdlib>
#include <numeric>
#include <sstream>
#include <vector>

#include "runtime/fail.hpp"

namespace emulated_gpu {
namespace {

std::string text(char const* name) {
  char const* const value = std::getenv(name);
  return value ? value : "";
}

u64 number(std::string const& name, std::string const& value) {
  char* end = nullptr;
  u64 const parsed = std::strtoull(value.c_str(), &end, 10);
  if (value.empty() || *end) fail(name + ": '" + value + "' is not a number");
  return parsed;
}

u64 number(char const* name, u64 otherwise) {
  std::string const value = text(name);
  return value.empty() ? otherwise : number(name, value);
}

Order order() {
  std::string const value = text("EMULATED_GPU_ORDER");
  if (value.empty() || value == "ascending") return {};
  if (value == "descending") return {Order::descending, 0};
  return {Order::shuffled, number("EMULATED_GPU_ORDER", value)};
}

std::optional<PlannedFailure> failure() {
  std::string const name = "EMULATED_GPU_FAIL", value = text(name.c_str());
  if (value.empty()) return {};
  std::vector<std::string> parts;
  std::istringstream stream(value);
  for (std::string part; std::getline(stream, part, ':');) parts.push_back(part);
  bool const once = parts.size() == 4 && parts[3] == "once";
  if (parts.size() != 3 && !once)
    fail(name + ": '" + value + "' is not CALL:NUMBER:CODE or CALL:NUMBER:CODE:once");
  return PlannedFailure{parts[0], number(name, parts[1]), static_cast<int>(number(name, parts[2])), once};
}

u64 mixed(u64 x) {  // the finalizer of MurmurHash3
  x = (x ^ x >> 33) * 0xff51afd7ed558ccdu;
  x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53u;
  return x ^ x >> 33;
}

}  // namespace

Order::Walk Order::walk(u64 n, u64 round) const {
  if (kind == ascending || n == 1) return {0, 1, n};
  if (kind == descending) return {n - 1, n - 1, n};
  u64 const random = mixed(seed * 1000003 + round);
  u64 step = 1 + random % (n - 1);
  while (std::gcd(step, n) != 1) --step;
  return {mixed(random) % n, step, n};
}

Settings const& settings() {
  static Settings const read = [] {
    Settings s;
    s.order = order();
    s.devices = static_cast<int>(number("EMULATED_GPU_DEVICES", 1));
    s.memory_bytes = number("EMULATED_GPU_MEMORY", s.memory_bytes);
    s.multiprocessors = static_cast<int>(number("EMULATED_GPU_MULTIPROCESSORS", 4));
    s.defer = number("EMULATED_GPU_DEFER", 0) != 0;
    s.races = number("EMULATED_GPU_RACES", 1) != 0;
    s.failure = failure();
    s.coverage_file = text("EMULATED_GPU_COVERAGE");
    s.calls_file = text("EMULATED_GPU_CALLS");
    return s;
  }();
  return read;
}

}  // namespace emulated_gpu
