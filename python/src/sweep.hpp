/// Sweeps, as the Python module runs them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "request/texts.hpp"
#include "run/runner.hpp"

namespace dsgd {

/// How a sweep is carried out, as it is written; see SweepSettings.
struct SweepCall {
  std::string engine = "auto";
  std::optional<std::string> threads = {};
  std::optional<std::string> devices = {};
  std::optional<std::string> store = {};
  bool add = false;                          ///< joins the points of a store's other sweep
  std::optional<std::string> max_time = {};  ///< after which it stops
  std::string unit = {};                     ///< of times, a label
  std::vector<std::string> argv = {};        ///< the command line that asks for the same
  std::function<void(Progress const&)> report =
      {};                                  ///< after each slice, without the interpreter's lock; may be empty
  std::function<bool()> interrupted = {};  ///< asked from any thread, without the interpreter's lock
};

/// What a sweep came to.
struct SweepAnswer {
  std::string json;                        ///< what `dsgd sweep -o FILE.json` writes
  std::vector<std::string> notes = {};     ///< lines to tell users
  std::vector<std::string> warnings = {};  ///< lines to worry them
  bool interrupted = false;  ///< true where SweepCall::interrupted stopped it: JSON then has what is known
};

/// @throws Error as run_sweep() does
SweepAnswer sweep(SweepTexts const& texts, SweepCall const& call);

}  // namespace dsgd
