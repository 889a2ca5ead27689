#include "runtime/call.hpp"

#include <cstdio>
#include <map>
#include <string>

#include "runtime/settings.hpp"
#include "runtime/types.hpp"

namespace emulated_gpu {
namespace {

std::recursive_mutex mutex;

/// How often each function was called. Written when the program ends, a line each.
struct Counts {
  std::map<std::string, u64> of;

  ~Counts() {
    std::string const& name = settings().calls_file;
    std::FILE* const file = name.empty() ? nullptr : std::fopen(name.c_str(), "w");
    if (!file) return;
    for (auto const& [call, count] : of)
      std::fprintf(file, "%s %llu\n", call.c_str(), static_cast<unsigned long long>(count));
    std::fclose(file);
  }
};

cudaError_t planned_failure(std::string const& name) {
  settings();  // ends after the counts, which need it
  static Counts counts;
  u64 const count = ++counts.of[name], of_any = ++counts.of["any"];
  auto const& planned = settings().failure;
  if (!planned || (planned->call != name && planned->call != "any")) return cudaSuccess;
  u64 const number = planned->call == "any" ? of_any : count;
  bool const fails = planned->once ? number == planned->number : number >= planned->number;
  return fails ? static_cast<cudaError_t>(planned->code) : cudaSuccess;
}

}  // namespace

Call::Call(char const* name) : lock_(mutex), planned_(planned_failure(name)) {}

cudaError_t Call::end(cudaError_t status) const {
  cudaError_t const result = planned_ == cudaSuccess ? status : planned_;
  if (result != cudaSuccess) last_error() = result;
  return result;
}

int& current_device() {
  thread_local int device = 0;
  return device;
}

cudaError_t& last_error() {
  thread_local cudaError_t error = cudaSuccess;
  return error;
}

}  // namespace emulated_gpu
