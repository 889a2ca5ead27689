/// Tables whose times are taken together although another column tells workers apart.
#pragma once

#include <string>
#include <vector>

#include "dsgd/law/table_keys.hpp"
#include "table/labels.hpp"
#include "table/read.hpp"

namespace dsgd {

/// @return one line that names the key that mends it; empty where workers that nobody named do not differ
/// beyond chance, or nobody was noticed
std::string warning_of_pooled(TableKeys const& keys, table::Table const& table);

/// Do the times of workers differ beyond chance? By Kruskal and Wallis' test on ranks, whose statistic has
/// about a chi-squared law: a false alarm comes once in 10^4 tables without correlation.
/// @param labels  the worker of each time
bool workers_differ(std::vector<double> const& times, table::Labels const& labels);

/// The number that has a normal law in the limit, of workers that do not differ: large where they do. By
/// Wilson and Hilferty's cube root.
/// @pre there are two workers or more, each with a time, and no NaN
double difference_of_workers(std::vector<double> const& times, table::Labels const& labels);

}  // namespace dsgd
