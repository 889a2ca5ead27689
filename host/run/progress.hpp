/// Progress on stderr.
#pragma once

#include <functional>
#include <string_view>

#include "run/runner.hpp"
#include "run/work_meter.hpp"

namespace dsgd {

enum class ProgressMode { none, bar, text };

/// @param name  auto (a bar if stderr is a terminal, else nothing), bar, text or none
/// @throws Error usage for any other
ProgressMode progress_mode(std::string_view name);

/// @return a function that reports on stderr, at most a few times per second (bar) or every ten seconds
/// (text)
std::function<void(Progress const&)> progress_reporter(ProgressMode mode);

/// The same for work that is no sweep: a meter that reports as often on stderr.
WorkMeter reported_work(ProgressMode mode);

}  // namespace dsgd
