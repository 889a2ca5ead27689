/// dsgd: how long does an iteration of distributed SGD take?
#include <CLI/CLI.hpp>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/unknown_word.hpp"
#include "dsgd/error.hpp"
#include "output/provenance.hpp"
#include "ranks/ranks.hpp"
#include "text/wrap_text.hpp"

namespace {

using dsgd::Outcome;

Outcome failed(dsgd::ExitCode code, std::string message) {
  // An error is one line, and what a user's own words hold never steers the terminal.
  for (char& c : message)
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = ' ';
  return {static_cast<int>(code), message};
}

void print(std::string const& message) { std::fprintf(stderr, "dsgd: %s\n", message.c_str()); }

/// "dsgd sweep", or "dsgd" while no command was recognised.
std::string command_name(CLI::App const& app) {
  std::vector<CLI::App const*> const commands =
      app.get_subcommands([](CLI::App const* c) { return c->parsed(); });
  return commands.empty() ? "dsgd" : "dsgd " + commands.front()->get_name();
}

/// @param message  of CLI11: "--seed: At Most 1 required but received 2" or "--seed: 1 required N missing"
std::string mismatch(std::string const& message) {
  std::string const option = message.substr(0, message.find(':'));
  if (message.find("received") != std::string::npos)
    return option + " is given more than once (one value is taken): give it once";
  return option + " is given without a value (it takes one): give one";
}

Outcome run(int argc, char** argv, dsgd::Ranks& ranks) {
  CLI::App app(
      "How long does an iteration of distributed SGD take, when m workers need random times and a strategy "
      "decides whom to wait for?",
      "dsgd");
  std::vector<std::string> const arguments(argv, argv + argc);
  app.set_version_flag("-V,--version", dsgd::version_line());
  app.footer(
      "'dsgd sweep' alone runs the notebook's sweep. 'dsgd help COMMAND' explains a command.\n\n"
      "Exit codes: 0 ok, 1 internal error or out of memory, 2 usage or invalid parameter, 3 validation "
      "failed, 4 engine or device not available, 5 CUDA or device-memory error, 6 file cannot be read or "
      "written, 7 store damaged or of another sweep, 75 stopped early with a store, 130 (SIGINT) or 143 "
      "without one, 141 the reader of standard output left\n\n"
      "Environment: DSGD_ISA=avx512|avx2|portable sets the instruction set of engine cpu; DSGD_PYTHON is "
      "the Python that draws figures; NO_COLOR switches off the colour of progress bars");
  app.require_subcommand(0, 1);
  dsgd::add_sweep_command(app, arguments, ranks);
  dsgd::add_validate_command(app);
  dsgd::add_bench_command(app, arguments);
  dsgd::add_plan_command(app, arguments);
  dsgd::add_merge_command(app, arguments);
  dsgd::add_draw_command(app);
  dsgd::add_devices_command(app);
  dsgd::add_help_command(app);
  for (CLI::App* const command : app.get_subcommands({}))  // no page of help lists it twice
    command->set_version_flag("-V,--version", dsgd::version_line())->group("");
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty())
      throw dsgd::Error(dsgd::ExitCode::usage,
                        "no command is given (dsgd needs one): try 'dsgd sweep', or see 'dsgd --help'");
  } catch (CLI::Success const& asked) {  // --help, --version
    std::ostringstream text;
    app.exit(asked, text, text);
    dsgd::write_all(1, dsgd::wrapped(text.str()), "standard output");
  } catch (CLI::ExtrasError const&) {
    throw dsgd::unknown_word(app, app.remaining(true).front());
  } catch (CLI::ArgumentMismatch const& error) {
    return failed(dsgd::ExitCode::usage,
                  mismatch(error.what()) + ", or see '" + command_name(app) + " --help'");
  } catch (CLI::ParseError const& error) {
    return failed(dsgd::ExitCode::usage, std::string(error.what()) +
                                             " (the command line cannot be read): see '" + command_name(app) +
                                             " --help'");
  }
  return {};
}

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
    return ranks->serving() && nothing_to_share ? Outcome{} : run(argc, argv, *ranks);
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
