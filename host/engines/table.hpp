/// The table of engines. To add an engine, add a row: equality tests and command line iterate over the table.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/observable.hpp"

namespace dsgd {

struct EngineOptions {
  unsigned threads;                    ///< for an engine on the host, >= 1
  std::vector<int> devices = {};       ///< CUDA ordinals for an engine on GPUs; empty: all that it can use
  std::optional<int> local_rank = {};  ///< number of this process where several share the devices, one each
};

/// Size of a sweep.
struct DrawCounts {
  double shared;        ///< draws; one that several points share counts once
  double separate;      ///< draws where each law and each number of workers draws for itself
  double runtimes = 0;  ///< iterations of all points
};

/// What bounds the speed of an engine: `dsgd bench` compares it with that.
enum class Ceiling {
  unknown,
  vector_ports,           ///< of the host's cores, which compute draws
  host_memory,            ///< a delay is written once and read once
  device_multiplies,      ///< of a GPU, which computes draws
  device_memory_or_draws  ///< of a GPU, which writes and reads each delay, or computes draws
};

struct EngineRow {
  std::string_view name;
  std::string_view meaning;
  std::string_view serves;   ///< which sweeps, in a few words; refusal() knows it exactly
  std::string (*problem)();  ///< why this machine cannot use it, one clause; empty when it can
  std::string (*refusal)(Observable const&);  ///< why it does not serve this, one clause; empty when it does
  double (*expected_seconds)(DrawCounts const&,
                             EngineOptions const&);  ///< a guess that `auto` goes by, start-up included
  double (*draws)(DrawCounts const&);                ///< draws that it makes
  double (*memory_traffic)(DrawCounts const&);       ///< bytes of delays that it writes to memory, in all
  std::uint64_t (*memory)(EngineOptions const&);     ///< most bytes that it keeps for delays at a time
  std::unique_ptr<Engine> (*make)(EngineOptions const&);
  unsigned (*cores)(EngineOptions const&);  ///< cores of the host that it keeps busy, >= 1
  Ceiling ceiling = Ceiling::unknown;
  bool has_devices = false;    ///< true where it computes on EngineOptions::devices
  bool one_device = false;     ///< true where it computes on the first of them alone
  bool is_definition = false;  ///< true for the engine that all others have to equal
};

std::span<EngineRow const> engine_table();

}  // namespace dsgd
