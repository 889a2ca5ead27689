#include "cli/engine_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <thread>

#include "dsgd/error.hpp"
#include "number.hpp"

namespace dsgd {

void ThreadAndDevice::add_to(CLI::App& command) {
  command.add_option("--threads", threads, "Threads of the host's engines, 1 to 4096 [all cores]")
      ->type_name("N");
  command.add_option("--devices", devices, "Number of the GPU that a GPU engine uses [0]")->type_name("N");
}

EngineOptions ThreadAndDevice::parse() const {
  if (devices.find(',') != std::string::npos)
    throw Error(ExitCode::usage,
                "--devices '" + devices +
                    "' names several (cuda-materialized runs on one GPU): name one, as --devices 0");
  EngineOptions options{std::max(1u, std::thread::hardware_concurrency()),
                        static_cast<int>(parse_count(devices, "--devices", 0, 1023))};
  if (threads) options.threads = static_cast<unsigned>(parse_count(*threads, "--threads", 1, 4096));
  return options;
}

}  // namespace dsgd
