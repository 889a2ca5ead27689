/// Integers as bytes, the least significant first: the same on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dsgd/expects.hpp"

namespace dsgd {

/// Appends the lowest `count` bytes of a value.
inline void append_little_endian(std::string& bytes, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 255u);
}

/// The value of some bytes. @pre there are 8 at most
inline std::uint64_t from_little_endian(std::string_view bytes) {
  DSGD_EXPECTS(bytes.size() <= 8);
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace dsgd
