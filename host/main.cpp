/// dsgd: how long does an iteration of distributed SGD take?
#include <cctype>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "bytes/file.hpp"
#include "cli/command_line.hpp"
#include "dsgd/error.hpp"
#include "ranks/ranks.hpp"

namespace {

using dsgd::Outcome;

Outcome failed(dsgd::ExitCode code, std::string message) {
  // An error is one line, and what a user's own words hold never steers the terminal.
  for (char& c : message)
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = ' ';
  return {static_cast<int>(code), message};
}

void print(std::string const& message) { std::fprintf(stderr, "dsgd: %s\n", message.c_str()); }

constexpr char const* out_of_memory =
    "memory ran out (the command needs more than is free): sweep fewer points, or free some memory";

/// Memory may run out where nothing can catch it: before main(), which is when global objects are made, and in
/// functions of the C++ library that promise not to throw, as its iterator over folders does.
[[noreturn]] void end_without_handler() {
  auto const end = [] {
    std::fprintf(stderr, "dsgd: %s\n", out_of_memory);
    std::_Exit(static_cast<int>(dsgd::ExitCode::internal));
  };
  std::exception_ptr const cause = std::current_exception();
  // Such a function may end the program before its exception can be looked at. It has no other reason to throw.
  if (!cause && std::uncaught_exceptions() != 0) end();
  try {
    if (cause) std::rethrow_exception(cause);
  } catch (std::bad_alloc const&) {
    end();
  } catch (...) {
  }
  std::abort();
}

[[gnu::constructor(101)]] void set_terminate_handler() { std::set_terminate(end_without_handler); }

/// Says it without memory where it must; the other ranks, if there are any, then hear of a failure without
/// words.
Outcome memory_ran_out() {
  try {
    return failed(dsgd::ExitCode::internal, out_of_memory);
  } catch (std::bad_alloc const&) {
    static bool said = false;
    if (!std::exchange(said, true)) std::fprintf(stderr, "dsgd: %s\n", out_of_memory);
    return {static_cast<int>(dsgd::ExitCode::internal), {}};
  }
}

/// What run() comes to, errors included.
template <class Run>
Outcome outcome_of(Run const& run) {
  try {
    try {
      return run();
    } catch (dsgd::Error const& error) {
      return failed(error.code(), error.what());
    } catch (std::bad_alloc const&) {
      throw;
    } catch (std::exception const& error) {
      return failed(dsgd::ExitCode::internal,
                    std::string("internal error (") + error.what() + "): please report it");
    }
  } catch (std::bad_alloc const&) {  // also while an error was put into words
    return memory_ran_out();
  }
}

}  // namespace

int main(int argc, char** argv) {
  // A closed pipe and a full quota are met by the write that they stop: results that go elsewhere are whole.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::optional<dsgd::Ranks> ranks;
  Outcome outcome = outcome_of([&] {
    ranks.emplace(dsgd::launch_from_environment());
    bool const nothing_to_share = argc < 2 || std::string_view(argv[1]) != "sweep";
    if (!ranks->serving() || !nothing_to_share) dsgd::run_command_line(argc, argv, *ranks);
    return Outcome{};
  });
  if (!outcome.message.empty()) print(outcome.message);
  if (!ranks) return outcome.code;
  std::optional<int> code;
  Outcome const end = outcome_of([&] {
    code = ranks->end(outcome, print);
    return Outcome{};
  });
  if (code) return *code == 0 && dsgd::reader_left() ? 128 + SIGPIPE : *code;
  if (!end.message.empty()) print(end.message);
  ranks->abort(end.code);  // the others would wait for ever
  return end.code;
}
