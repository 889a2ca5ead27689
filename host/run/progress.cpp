#include "run/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "dsgd/error.hpp"
#include "text/duration.hpp"
#include "text/nearest_name.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr int bar_width = 24;

/// What a report says, bar or text. The time left follows from the draws left, since points differ in size.
std::string status(Progress const& progress) {
  double const speed = progress.draws_done / std::max(progress.seconds, 1e-9);
  double const left = (progress.draws - progress.draws_done) / std::max(speed, 1e-9);
  return std::to_string(progress.points_done) + "/" + std::to_string(progress.points) + " points, " +
         significant(speed, 3) + " draws/s, " + short_duration_text(left) + " left";
}

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

  void operator()(Progress const& progress) {
    bool const done = progress.draws_done >= progress.draws;
    if (!done && progress.seconds - shown_ < 0.1) return;
    shown_ = progress.seconds;
    if (done && !visible_) return;  // too short to have shown anything
    visible_ = true;
    std::string line = "\r" + line_of(progress) + "\033[K";
    if (done) line = "\r\033[K";
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
  }

 private:
  /// The bar and what there is to say, or as much of that alone as a narrow terminal has room for: a line
  /// that wraps could not be written over.
  std::string line_of(Progress const& progress) const {
    std::string const text = status(progress);
    std::size_t const room = columns();
    if (bar_width + 1 + text.size() >= room) return text.substr(0, room - 1);
    int const filled = static_cast<int>(bar_width * std::min(1.0, progress.draws_done / progress.draws));
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
  void operator()(Progress const& progress) {
    bool const done = progress.draws_done >= progress.draws;
    if (!done && progress.seconds - shown_ < 10) return;
    shown_ = progress.seconds;
    std::fprintf(stderr, "dsgd: %s, %s\n", short_duration_text(progress.seconds).c_str(),
                 status(progress).c_str());
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

}  // namespace dsgd
