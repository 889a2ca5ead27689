/// Integers by their width, as PTX names them.
#pragma once

#include <cstdint>

namespace emulated_gpu {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;
__extension__ using u128 = unsigned __int128;
using s8 = std::int8_t;
using s16 = std::int16_t;
using s32 = std::int32_t;
using s64 = std::int64_t;
__extension__ using s128 = __int128;

/// What a register holds before anything is written to it.
inline constexpr u64 poison = 0xdeadbeefcafef00du;

}  // namespace emulated_gpu
