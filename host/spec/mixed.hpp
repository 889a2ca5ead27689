/// Times of several jobs, or of other kinds, in one table.
#pragma once

#include <string>

#include "dsgd/law/table_keys.hpp"
#include "table/kinds.hpp"
#include "table/labels.hpp"
#include "table/read.hpp"

namespace dsgd {

/// A column that no key names tells kinds of times apart where two workers or more have rows of several kinds, and in
/// half of those or more the median under one kind is at least twice that under another. Kinds with less than a
/// tenth of a worker's rows, or less than five, do not count. A column that says where a worker runs has one text
/// for each, and one worker that was moved to a slower machine is no second kind.
/// @param workers  of each row; without names, all rows are of one worker
/// @return the first such column; null for none
table::Kinds const* mixed_kinds(table::Table const& table, table::Labels const& workers);

/// @return one line that names the key that mends it; empty where the times of a table whose workers are told
/// apart are of one kind
std::string warning_of_mixed(TableKeys const& keys, table::Table const& table);

/// "where=trace=ST, or another of its 3 values (ST, AR, SE)". @param where  "where=", or "--where "
std::string where_advice(table::Kinds const& kinds, std::string const& where);

}  // namespace dsgd
