/// Parameters that laws and strategies declare, so that parsing, printing and help iterate over them.
#pragma once

#include <string_view>

namespace dsgd {

/// A real parameter of `Owner`, accepted in [low, high].
template <class Owner>
struct Parameter {
  std::string_view key;  ///< as the user types it
  double Owner::*value;
  double low, high;
  std::string_view meaning;  ///< with its unit
};

}  // namespace dsgd
