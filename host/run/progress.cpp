#include "run/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "dsgd/error.hpp"
#include "text/duration.hpp"
#include "text/nearest_name.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr int bar_width = 24;

/// What a bar or a line is made of.
struct Moment {
  double seconds;               ///< since the start
  std::optional<double> share;  ///< of what the text counts; absent where nobody can tell
  bool is_last;
};

std::string left_text(double seconds) { return ", " + short_duration_text(seconds) + " left"; }

/// The time left follows from the draws left, since points differ in size.
std::string status(Progress const& progress) {
  double const speed = progress.draws_done / std::max(progress.seconds, 1e-9);
  double const left = (progress.draws - progress.draws_done) / std::max(speed, 1e-9);
  return std::to_string(progress.points_done) + "/" + std::to_string(progress.points) + " points, " +
         significant(speed, 3) + " draws/s" + left_text(left);
}

std::string status(WorkDone const& work) {
  if (!work.share || !(*work.share > 0)) return work.text;
  return work.text + left_text(work.stage_seconds * (1 - *work.share) / *work.share);
}

Moment moment(Progress const& progress) {
  bool const is_last = progress.draws_done >= progress.draws;
  return {progress.seconds, is_last ? 1 : progress.draws_done / progress.draws, is_last};
}

Moment moment(WorkDone const& work) { return {work.seconds, work.share, work.is_last}; }

/// One line that is written over until the run ends. Colour only where NO_COLOR does not forbid it.
class Bar {
 public:
  Bar() = default;
  Bar(Bar const&) = delete;
  Bar& operator=(Bar const&) = delete;
  Bar(Bar&&) = delete;
  Bar& operator=(Bar&&) = delete;
  ~Bar() {  // an error that ends the run finds an empty line
    if (visible_) std::fputs("\r\033[K", stderr);
  }

  /// @param done  Progress or WorkDone
  template <class Done>
  void operator()(Done const& done) {
    Moment const now = moment(done);
    if (!now.is_last && now.seconds - shown_ < 0.1) return;
    shown_ = now.seconds;
    if (now.is_last && !visible_) return;  // too short to have shown anything
    visible_ = true;
    std::string line = "\r" + line_of(now, status(done)) + "\033[K";
    if (now.is_last) line = "\r\033[K";
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
  }

 private:
  /// The bar and what there is to say, or as much of that alone as a narrow terminal has room for: a line
  /// that wraps could not be written over. Where the share is not known, there is no bar.
  std::string line_of(Moment const& now, std::string const& text) const {
    std::size_t const room = columns();
    if (!now.share || bar_width + 1 + text.size() >= room) return text.substr(0, room - 1);
    int const filled = static_cast<int>(bar_width * std::min(1.0, *now.share));
    return colour("\033[32m") + std::string(static_cast<std::size_t>(filled), '#') + colour("\033[0m") +
           std::string(static_cast<std::size_t>(bar_width - filled), '.') + " " + text;
  }

  /// Width of the terminal, >= 1; 1000 where stderr is no terminal.
  static std::size_t columns() {
    winsize size{};
    bool const known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 1000;
  }

  std::string colour(char const* code) const { return coloured_ ? code : ""; }

  static bool wants_colour() {
    char const* const forbidden = std::getenv("NO_COLOR");
    return forbidden == nullptr || *forbidden == '\0';
  }

  double shown_ = 0;
  bool visible_ = false;
  bool coloured_ = wants_colour();
};

/// A line every ten seconds and one at the end, for logs.
class Text {
 public:
  /// @param done  Progress or WorkDone
  template <class Done>
  void operator()(Done const& done) {
    Moment const now = moment(done);
    if (!now.is_last && now.seconds - shown_ < 10) return;
    shown_ = now.seconds;
    std::fprintf(stderr, "dsgd: %s, %s\n", short_duration_text(now.seconds).c_str(), status(done).c_str());
  }

 private:
  double shown_ = 0;
};

}  // namespace

ProgressMode progress_mode(std::string_view name) {
  if (name == "auto") return isatty(STDERR_FILENO) == 1 ? ProgressMode::bar : ProgressMode::none;
  if (name == "bar") return ProgressMode::bar;
  if (name == "text") return ProgressMode::text;
  if (name == "none") return ProgressMode::none;
  throw unknown_value("--progress", name, {"auto", "bar", "text", "none"});
}

std::function<void(Progress const&)> progress_reporter(ProgressMode mode) {
  if (mode == ProgressMode::bar)
    return [bar = std::make_shared<Bar>()](Progress const& progress) { (*bar)(progress); };
  if (mode == ProgressMode::text) return Text{};
  return [](Progress const&) {};
}

WorkMeter reported_work(ProgressMode mode) {
  if (mode == ProgressMode::bar)
    return WorkMeter([bar = std::make_shared<Bar>()](WorkDone const& work) { (*bar)(work); });
  if (mode == ProgressMode::text) return WorkMeter(Text{});
  return {};
}

}  // namespace dsgd
