#pragma once

#include <string>

#include "dsgd/point.hpp"

namespace dsgd {

/// The parameters of a point's law and strategy as numbers: {"law": {"rate": 2}, "strategy": {"k": 3}}.
/// Percentages are numbers of workers. A fleet is a list of its groups, each with its law's name and how many
/// workers it has; measured times have no parameters. Keys whose values canonical specs leave out are left
/// out.
std::string parameters_json(Point const& point);

}  // namespace dsgd
