/// The keys of specs that choose a part of a table of measured times.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "dsgd/parameter.hpp"

namespace dsgd {

/// Which part of which file is meant. The host reads it (host/spec/trace.hpp).
struct TableKeys {
  std::string file;     ///< base name of the file
  std::string column;   ///< of the times: its header, or its number from 1; empty for a wide table
  std::string worker;   ///< columns that tell workers apart, with '+' between them; empty for none
  std::string step;     ///< column that tells steps apart; empty for none
  std::string columns;  ///< of a wide table, one per worker, with commas between them, or *; empty for none
  std::string where;    ///< COLUMN=TEXT, with commas between them: the rows that are taken; empty for all
  std::uint32_t skip = 0;  ///< rows or steps left out at the start
  std::string missing = "refuse";
  std::string separator = "auto";
  std::string decimal = "auto";
  std::string sha256;  ///< of the whole file, 64 hexadecimal digits
  std::string note;    ///< what was read, for the user
  std::string
      warning;  ///< why this may be the wrong model of the table, one line; empty where nothing says so

  /// True where each worker has times of its own.
  bool tells_workers_apart() const { return !worker.empty() || !columns.empty(); }

  /// A wide table has columns and no column.
  bool shows(std::string_view key) const { return key != "column" || columns.empty(); }

  static constexpr auto file_parameters() {
    return std::make_tuple(
        Parameter{"file", &TableKeys::file, 0, 0, "path of a CSV file or of one number per line"},
        Parameter{"column", &TableKeys::column, 0, 0,
                  "header or number of the column, where there are several", Presence::optional},
        Parameter{"worker", &TableKeys::worker, 0, 0,
                  "columns that tell workers apart, with + between them: each has a law of its own",
                  Presence::implied});
  }

  static constexpr auto row_parameters() {
    return std::make_tuple(
        Parameter{"columns", &TableKeys::columns, 0, 0,
                  "columns of a wide table, one per worker, with commas between them, or *",
                  Presence::implied},
        Parameter{"where", &TableKeys::where, 0, 0, "COLUMN=TEXT: the rows to take", Presence::implied},
        Parameter{"skip", &TableKeys::skip, 0, 4294967295.0, "rows left out at the start; with step=, steps",
                  Presence::implied},
        Parameter{"missing", &TableKeys::missing, 0, 0, "refuse or skip empty cells, NA and NaN",
                  Presence::implied},
        Parameter{"separator", &TableKeys::separator, 0, 0, "auto, comma, semicolon, tab or space",
                  Presence::implied},
        Parameter{"decimal", &TableKeys::decimal, 0, 0, "auto, point or comma", Presence::implied},
        Parameter{"sha256", &TableKeys::sha256, 0, 0, "SHA-256 that the file must have", Presence::optional});
  }
};

}  // namespace dsgd
