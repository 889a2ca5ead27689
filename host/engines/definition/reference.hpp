#pragma once

#include <memory>

#include "dsgd/engine/engine.hpp"

namespace dsgd {

/// Engine `reference`: the definition of every number; every other engine is tested against it for equality.
std::unique_ptr<Engine> make_reference_engine();

}  // namespace dsgd
