#include "cli/engine_options.hpp"

#include <sched.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "dsgd/error.hpp"
#include "ranks/launch.hpp"
#include "text/number.hpp"
#include "text/value_list.hpp"

namespace dsgd {
namespace {

std::vector<int> parse_devices(std::string const& list) {
  std::vector<int> devices;
  for (std::string_view const part : split_list(list, "--devices"))
    for (std::uint64_t const number : parse_count_list(part, "--devices", 0, 1023)) {
      int const device = static_cast<int>(number);
      if (std::find(devices.begin(), devices.end(), device) != devices.end())
        throw Error(ExitCode::usage,
                    "--devices '" + list + "' names device " + std::to_string(device) + " twice",
                    "it can be used once", "name each device once, as --devices 0,1");
      devices.push_back(device);
    }
  return devices;
}

/// Cores of one of the processes that share a machine: those that the launcher bound it to, or its part of
/// all.
unsigned own_cores(Launch const& launch) {
  unsigned const part =
      std::thread::hardware_concurrency() / static_cast<unsigned>(std::max(1, launch.local_size));
  cpu_set_t bound;
  CPU_ZERO(&bound);
  if (::sched_getaffinity(0, sizeof bound, &bound) != 0) return std::max(1u, part);
  return std::clamp(part, 1u, static_cast<unsigned>(CPU_COUNT(&bound)));
}

}  // namespace

void ThreadAndDevice::add_to(CLI::App& command, std::string const& devices_note) {
  command.add_option("--threads", threads, "Threads of the host's engines, 1 to 4096 [all cores]")
      ->type_name("N");
  command
      .add_option("--devices", devices,
                  "Numbers of the GPUs that GPU engines use: 0,1 or 0:3" + devices_note + " [all]")
      ->type_name("LIST");
}

EngineOptions ThreadAndDevice::parse() const {
  EngineOptions options{std::max(1u, std::thread::hardware_concurrency())};
  if (std::optional<Launch> const launch = launch_from_environment()) {
    options.threads = own_cores(*launch);
    options.local_rank = launch->local_rank;
  }
  if (threads) options.threads = static_cast<unsigned>(parse_count(*threads, "--threads", 1, 4096));
  if (devices) options.devices = parse_devices(*devices);
  return options;
}

}  // namespace dsgd
