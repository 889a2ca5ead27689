#pragma once

#include <cstdint>
#include <string>

#include "dsgd/error.hpp"

namespace dsgd::kernels {

/// Memory was refused on the device. The pipeline answers with a smaller chunk; the user sees this only when
/// the smallest one is refused too.
class OutOfDeviceMemory : public Error {
 public:
  /// @param bytes  number asked for; 0 where CUDA asked by itself and does not say
  explicit OutOfDeviceMemory(std::uint64_t bytes)
      : Error(ExitCode::device,
              "the device refuses " + (bytes == 0 ? std::string("memory") : std::to_string(bytes) + " bytes"),
              "delays, words or measured times are stored there", "free device memory, or use --engine cpu"),
        bytes_(bytes) {}

  std::uint64_t bytes() const { return bytes_; }

 private:
  std::uint64_t bytes_;
};

}  // namespace dsgd::kernels
