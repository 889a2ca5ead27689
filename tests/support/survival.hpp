#pragma once

#include "dsgd/draw/address.hpp"

namespace dsgd {

/// u as draws define it, without the half that keeps it from 0 and 1.
inline double survival(DelayWords words) {
  double const tail = static_cast<double>(words.t) * 0x1p-64;
  return words.k < 1u << 31 ? words.k * 0x1p-32 + tail : 1 - (~words.k * 0x1p-32 + tail);
}

}  // namespace dsgd
