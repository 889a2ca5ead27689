#pragma once

#include <string>
#include <vector>

namespace dsgd {

/// A text as a cell of a table holds it.
std::string markdown_cell(std::string const& text);

/// The fleets of unequal workers, which are too long for a cell: named by number, and listed below.
class FleetNames {
 public:
  /// @param spec  of a fleet; one that is there already changes nothing
  void add(std::string const& spec);

  /// @return a short name; of what is not listed the spec itself
  std::string name(std::string const& spec) const;

  /// As code: an asterisk elsewhere would be taken for emphasis.
  std::string legend() const;

 private:
  std::vector<std::string> specs_;
};

}  // namespace dsgd
