/// The table of engines: to add an engine, add a row. The equality tests and the command line iterate over
/// it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "dsgd/engine.hpp"

namespace dsgd {

struct EngineOptions {
  unsigned threads;  ///< of an engine on the host, >= 1
  int device = 0;    ///< CUDA ordinal, of an engine on a GPU
};

struct EngineRow {
  std::string_view name;
  std::string_view meaning;
  std::string (*problem)();  ///< why this machine cannot use it, one clause; empty when it can
  double (*expected_seconds)(double draws,
                             EngineOptions const&);  ///< start-up counted; a guess that `auto` goes by
  std::unique_ptr<Engine> (*make)(EngineOptions const&);
};

std::span<EngineRow const> engine_table();

/// @throws Error usage for an unknown name, engine_unavailable for one that this machine cannot use
EngineRow const& find_engine(std::string_view name);

/// The engine expected to finish first, of those that this machine can use: `auto`. All give the same bits.
EngineRow const& fastest_engine(double draws, EngineOptions const& options);

}  // namespace dsgd
