/// What the names of columns say of these.
#pragma once

#include <string>

namespace dsgd::table {

/// True for names of columns that number rows, and hold no times.
bool numbers_rows(std::string name);

/// True for names of columns that tell workers apart.
bool names_workers(std::string name);

}  // namespace dsgd::table
