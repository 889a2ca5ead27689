#include "run/work_meter.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <utility>

namespace dsgd {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

struct WorkMeter::State {
  /// What is counted, and how many of them are done.
  struct Count {
    std::string name;
    std::uint64_t done = 0, all = 0;

    std::string text() const {
      return std::to_string(done) + (all > 0 ? "/" + std::to_string(all) : "") + " " + name;
    }
    double share() const {
      return all > 0 ? std::min(1.0, static_cast<double>(done) / static_cast<double>(all)) : 0;
    }
  };

  std::mutex changing;
  Tell tell;
  std::string whole;
  Count parts;
  std::optional<Count> steps;
  bool are_alike = true;
  Clock::time_point start = Clock::now(), stage_start = start;

  WorkDone done(bool is_last) const {
    std::string text = (whole.empty() ? "" : whole + ", ") + parts.text();
    if (steps) text += ", " + steps->text();
    std::optional<double> share;
    if (are_alike && parts.all > 0)
      share = std::min(1.0, parts.share() + (steps ? steps->share() : 0) / static_cast<double>(parts.all));
    return {std::move(text), share, seconds_since(start), seconds_since(stage_start), is_last};
  }

  void begin(std::string const& name, std::uint64_t all, bool alike) {
    std::lock_guard const lock(changing);
    parts = {name, 0, all};
    steps.reset();
    are_alike = alike;
    stage_start = Clock::now();
    if (tell) tell(done(false));
  }

  template <class Change>
  void change(Change const& made) {
    std::lock_guard const lock(changing);
    made();
    if (tell) tell(done(false));
  }
};

WorkMeter::WorkMeter(Tell tell) : state_(std::make_shared<State>()) { state_->tell = std::move(tell); }

void WorkMeter::name(std::string const& whole) const {
  if (!state_) return;
  std::lock_guard const lock(state_->changing);
  state_->whole = whole;
}

void WorkMeter::begin(std::string const& parts, std::uint64_t all) const {
  if (state_) state_->begin(parts, all, true);
}

void WorkMeter::begin_unlike(std::string const& parts, std::uint64_t all) const {
  if (state_) state_->begin(parts, all, false);
}

void WorkMeter::begin_steps(std::string const& steps, std::uint64_t all) const {
  if (state_) state_->change([&] { state_->steps = State::Count{steps, 0, all}; });
}

void WorkMeter::step(std::uint64_t count) const {
  if (state_)
    state_->change([&] {
      if (state_->steps) state_->steps->done += count;
    });
}

void WorkMeter::end_part() const {
  if (state_)
    state_->change([&] {
      ++state_->parts.done;
      state_->steps.reset();
    });
}

void WorkMeter::end() const {
  if (!state_) return;
  std::lock_guard const lock(state_->changing);
  if (state_->tell) state_->tell(state_->done(true));
  state_->tell = nullptr;
}

}  // namespace dsgd
