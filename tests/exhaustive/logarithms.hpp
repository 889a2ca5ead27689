/// The logarithm under test, and wrong ones that every checker must notice.
#pragma once

#include <cmath>
#include <cstdint>

#include "address.hpp"
#include "dsgd/arithmetic/portable_log.hpp"

namespace dsgd::test {

struct Exact {
  DSGD_HD float operator()(std::uint32_t k, std::uint32_t t) const { return neg_log_uniform(k, t); }
};

/// The logarithm of a float u, as libraries take it: u has no digits left near one, and rounds to one.
struct OfRoundedUniform {
  DSGD_HD float operator()(std::uint32_t k, std::uint32_t) const {
    return -std::log((static_cast<float>(k) + 0.5f) * 0x1p-32f);
  }
};

/// Without tail words.
struct WithoutTail {
  DSGD_HD float operator()(std::uint32_t k, std::uint32_t) const { return neg_log_uniform(k, 0x80000000u); }
};

/// Rounded the wrong way: within 1.4 + 1 ulp and in order, but biased.
struct NextFloat {
  DSGD_HD float operator()(std::uint32_t k, std::uint32_t t) const {
    return float_from_bits(bits_from_float(neg_log_uniform(k, t)) + 1);
  }
};

/// log 2 as one float, an ulp off: an error of 2^-24 for each halving of u.
struct WrongLog2 {
  DSGD_HD float operator()(std::uint32_t k, std::uint32_t t) const {
    float const halvings = -std::floor(std::log2((static_cast<float>(k) + 0.5f) * 0x1p-32f));
    return std::fma(halvings, 0x1p-24f, neg_log_uniform(k, t));
  }
};

/// Right but at one address, where it exceeds the value before and so makes one increase.
struct OneIncrease {
  Address where;

  DSGD_HD float operator()(std::uint32_t k, std::uint32_t t) const {
    float const value = neg_log_uniform(k, t);
    return k == where.k && t == where.t ? value * 8.0f : value;
  }
};

}  // namespace dsgd::test
