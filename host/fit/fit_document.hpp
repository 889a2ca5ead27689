#pragma once

#include <string>

#include "fit/fit.hpp"
#include "output/document.hpp"

namespace dsgd::fit {

/// Schema dsgd.fit/1, with what fit_text() says. @param unit  of the times, a label; may be empty
std::string fit_json(Result const& result, std::string const& unit, Provenance const& provenance);

}  // namespace dsgd::fit
