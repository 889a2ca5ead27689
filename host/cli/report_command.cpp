#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/result_files.hpp"
#include "dsgd/error.hpp"
#include "output/figure/process.hpp"
#include "output/figure/python_part.hpp"

namespace dsgd {
namespace {

constexpr std::string_view report_name = "dsgd report";
constexpr std::string_view report_use = "it makes the pages";

struct ReportOptions {
  std::vector<std::string> results;
  std::string output;
  std::string title;
};

/// @throws Error usage for an --output of another name, or for none
void require_html_name(std::string const& path) {
  if (path.empty())
    throw Error(ExitCode::usage, "report has no --output", "it writes one page of HTML",
                "give -o report.html, or -o - for standard output");
  std::string const extension = std::filesystem::path(path).extension().string();
  if (path != "-" && extension != ".html" && extension != ".htm")
    throw Error(ExitCode::usage, "--output '" + path + "' is no .html file", "report writes one page of HTML",
                "name it .html, or - for standard output");
}

/// What the script said: its own line where its exit code is one of ours, else that it broke.
Error failure_of(ProcessResult const& made, std::string const& python) {
  std::string const reason = last_line(made.error);
  for (ExitCode const known : {ExitCode::usage, ExitCode::file, ExitCode::damaged})
    if (made.exit_code == static_cast<int>(known) && !reason.empty()) return {known, reason};
  return {
      ExitCode::internal, std::string(report_name) + " made no page",
      python + " ended with status " + std::to_string(made.exit_code) + (reason.empty() ? "" : ": " + reason),
      "run it again, or give other results"};
}

void run_report(ReportOptions const& options) {
  require_html_name(options.output);
  OutputFile file(options.output);
  KeptFiles const kept{{}, {}, options.results};
  kept.require_none(file, options.output);
  std::vector<std::string> const script{find_script("alone.py", report_name, report_use), "pages.command"};
  std::string const python = find_python(script, report_name, report_use,
                                         {"matplotlib and Jinja2", "python3-matplotlib and python3-jinja2"});

  std::vector<std::string> command{python, script[0], script[1], "--title=" + options.title, "--"};
  command.insert(command.end(), options.results.begin(), options.results.end());
  ProcessResult const made = run_process(command, "");
  if (made.exit_code != 0 || made.output.empty()) throw failure_of(made, python);
  if (file.is_replaced()) file.stage(made.output);
  file.commit(made.output);
}

}  // namespace

void add_report_command(CLI::App& app) {
  auto const options = std::make_shared<ReportOptions>();
  CLI::App& command = *app.add_subcommand(
      "report", "One page of HTML about results: the answer, figures, values, and whether to trust them");
  command
      .add_option("RESULT", options->results,
                  "JSON files of sweep, exact, recommend, race and fit, in the order of the page")
      ->type_name("")
      ->required();
  command.add_option("-o,--output", options->output, "The page, .html, or '-' for standard output [none]")
      ->type_name("FILE");
  command.add_option("--title", options->title, "Title of the page [made of the files' names]")
      ->type_name("TEXT");
  command.footer(
      "The page needs no network and no other file: figures, tables that can be sorted and the JSON itself "
      "are "
      "in it. It can be read on a phone, printed, and sent. Needs a Python with matplotlib and Jinja2 "
      "(Debian: "
      "python3-matplotlib, python3-jinja2).\n\n"
      "Where a law is made of measured times, give what 'dsgd fit' says of them, too: the page then compares "
      "the law with what was measured.\n\n"
      "Examples:\n"
      "  dsgd sweep -m 1:64 --quantiles 0.5,0.99 -o r.json && dsgd report r.json -o r.html\n"
      "  dsgd report decision.json sweep.json fit.json -o report.html --title 'Cluster B'\n");
  command.callback([options] { run_report(*options); });
}

}  // namespace dsgd
