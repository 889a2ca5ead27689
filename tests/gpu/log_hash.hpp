#pragma once

#include <cstdint>

namespace dsgd::test {

/// Hash of the logarithms of every `step`-th word, computed on the current device. @throws Error device
std::uint64_t log_hash_on_device(std::uint32_t step);

}  // namespace dsgd::test
