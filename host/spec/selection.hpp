/// Keys of specs, or options of commands, into what is read of a table.
#pragma once

#include <string>
#include <vector>

#include "dsgd/law/table_keys.hpp"
#include "table/read.hpp"

namespace dsgd {

/// What the keys ask for.
/// @param source  names the keys in errors
/// @throws Error usage for values that a key does not take, and for keys that exclude each other
table::Selection selection_of(TableKeys const& keys, table::Source const& source);

/// Conditions as where= takes them.
std::string where_text(std::vector<table::Condition> const& conditions);

}  // namespace dsgd
