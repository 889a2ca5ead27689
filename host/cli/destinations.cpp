#include "cli/destinations.hpp"

#include <algorithm>

#include "dsgd/error.hpp"

namespace dsgd {

Destinations::Destinations(std::vector<std::string> paths, std::optional<std::string> const& format,
                           FigureOptions const& figure) {
  if (format && format->empty())
    throw Error(ExitCode::usage, "--format is empty (a name is needed): use csv, json or md");
  if (paths.empty() && format) paths.emplace_back("-");
  for (std::string const& path : paths) {
    if (path.empty())
      throw Error(ExitCode::usage,
                  "--output is empty (a file name is needed): name a file, or - for standard output");
    formats_.push_back(&choose_format(path, format.value_or("")));
    OutputFile file(path);
    auto const same = [&](OutputFile const& other) { return other.destination() == file.destination(); };
    if (std::any_of(files_.begin(), files_.end(), same))
      throw Error(ExitCode::usage,
                  "--output '" + path + "' is named twice (one would overwrite the other): name it once");
    files_.push_back(std::move(file));
  }
  auto const is_stdout = [](OutputFile const& file) { return file.is_stdout(); };
  if (std::none_of(files_.begin(), files_.end(), is_stdout)) table_.emplace("-");
  if (figure.kind && !figure.file)
    throw Error(ExitCode::usage, "--plot-kind '" + *figure.kind +
                                     "' is given without --plot (which names the figure's file): give both");
  if (!figure.file) return;
  plotter_.emplace(*figure.file, figure.kind.value_or("auto"), figure.points);
  for (OutputFile const& file : files_)
    if (file.destination() == plotter_->destination())
      throw Error(ExitCode::usage, "--plot '" + *figure.file +
                                       "' is an --output too (one would overwrite the other): name another");
}

void Destinations::write(Document const& document) {
  std::vector<std::string> contents;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    contents.push_back(formats_[i]->text(document));
    files_[i].stage(contents[i]);
  }
  for (bool const replaced : {false, true})
    for (std::size_t i = 0; i < files_.size(); ++i)
      if (files_[i].is_replaced() == replaced) files_[i].commit(contents[i]);
  if (table_) table_->commit(table_text(document));
  if (plotter_) plotter_->draw(json_text(document));
}

}  // namespace dsgd
