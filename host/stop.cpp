#include "stop.hpp"

#include <unistd.h>

#include <atomic>

namespace dsgd {
namespace {

std::atomic<int> noted{0};
static_assert(std::atomic<int>::is_always_lock_free, "a handler may use no other");

/// 130 or 143: whoever asks by SIGUSR1 asks for what SIGTERM does.
constexpr int exit_code_of(int number) { return 128 + (number == SIGINT ? SIGINT : SIGTERM); }

/// What is safe in a handler, and no more.
extern "C" void note_signal(int number) {
  int none = 0;
  if (!noted.compare_exchange_strong(none, number)) ::_exit(exit_code_of(number));
}

}  // namespace

StopSignals::StopSignals() {
  noted = 0;
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;  // writes that are under way go on
  ::sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < numbers.size(); ++i) ::sigaction(numbers[i], &action, &before_[i]);
}

StopSignals::~StopSignals() {
  for (std::size_t i = 0; i < numbers.size(); ++i) ::sigaction(numbers[i], &before_[i], nullptr);
}

int StopSignals::received() { return noted; }

std::string StopSignals::name() {
  int const number = noted;
  return number == SIGINT ? "SIGINT" : number == SIGUSR1 ? "SIGUSR1" : "SIGTERM";
}

int StopSignals::exit_code() { return exit_code_of(noted); }

StopRequest::StopRequest(std::optional<double> max_seconds) : max_seconds_(max_seconds) { restart(); }

void StopRequest::restart() {
  if (max_seconds_)
    end_ = Clock::now() +
           std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*max_seconds_));
}

std::string StopRequest::reason() const {
  return StopSignals::received() == 0 ? "--max-time" : StopSignals::name();
}

}  // namespace dsgd
