/// Numbers and texts in the messages between ranks, which run the same program.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "bytes/little_endian.hpp"

namespace dsgd {

/// Makes a message of numbers and texts.
class WireWriter {
 public:
  explicit WireWriter(char kind) : bytes_(1, kind) {}

  void add(std::uint64_t value) { append_little_endian(bytes_, value, 8); }
  void add(std::string_view text) {
    add(text.size());
    bytes_ += text;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what a WireWriter made. @throws std::runtime_error where a message ends too early
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}

  char kind() { return take(1).front(); }
  bool empty() const { return rest_.empty(); }

  std::uint64_t number() { return from_little_endian(take(8)); }
  std::string_view text() { return take(number()); }

 private:
  std::string_view take(std::uint64_t size) {
    if (size > rest_.size()) throw std::runtime_error("a message between ranks ends too early");
    std::string_view const bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }

  std::string_view rest_;
};

}  // namespace dsgd
