#pragma once

#include <cstdint>

namespace dsgd::simd {
namespace {

/// The operations of Simd on n registers side by side. A logarithm is one long chain: the processor's
/// scheduler holds two or three of them at a time, and only finds work for all its ports where instructions
/// of several alternate.
template <class Simd, int n>
struct Lockstep {
  struct Floats {
    typename Simd::Floats part[n];
  };
  struct Integers {
    typename Simd::Integers part[n];
  };
  struct Mask {
    typename Simd::Mask part[n];
  };
  static constexpr int floats = n * Simd::floats;

  static Floats repeat_float(float value) {
    return each<Floats>([=] { return Simd::repeat_float(value); });
  }
  static Integers repeat_int(std::int32_t value) {
    return each<Integers>([=] { return Simd::repeat_int(value); });
  }
  static Integers load_int(std::uint32_t const* words) {
    Integers result;
    for (int i = 0; i < n; ++i) result.part[i] = Simd::load_int(words + i * Simd::floats);
    return result;
  }
  static void store_float(float* values, Floats const& a) {
    for (int i = 0; i < n; ++i) Simd::store_float(values + i * Simd::floats, a.part[i]);
  }

  static Mask upper_quarter(Integers const& k) {
    return each<Mask>([](auto x) { return Simd::upper_quarter(x); }, k);
  }
  static bool all_in_upper_quarter(Integers const& k) {
    auto common = k.part[0];
    for (int i = 1; i < n; ++i) common = Simd::both(common, k.part[i]);
    return Simd::count(Simd::upper_quarter(common)) == Simd::floats;
  }
  /// True only where no word is in the upper quarter; false also where two words together have its two bits.
  static bool none_in_upper_quarter(Integers const& k) {
    auto joint = k.part[0];
    for (int i = 1; i < n; ++i) joint = Simd::either(joint, k.part[i]);
    return Simd::count(Simd::upper_quarter(joint)) == 0;
  }
  static Integers twice(Integers const& k) {
    return each<Integers>([](auto x) { return Simd::twice(x); }, k);
  }
  static Integers either(Integers const& a, Integers const& b) {
    return each<Integers>([](auto x, auto y) { return Simd::either(x, y); }, a, b);
  }
  static Integers complement_if(Mask const& mask, Integers const& k) {
    return each<Integers>([](auto m, auto x) { return Simd::complement_if(m, x); }, mask, k);
  }
  static Floats zero_if(Mask const& mask, Floats const& a) {
    return each<Floats>([](auto m, auto x) { return Simd::zero_if(m, x); }, mask, a);
  }

  static Integers both(Integers const& a, Integers const& b) {
    return each<Integers>([](auto x, auto y) { return Simd::both(x, y); }, a, b);
  }
  static Integers both_or(Integers const& a, Integers const& b, Integers const& c) {
    return each<Integers>([](auto x, auto y, auto z) { return Simd::both_or(x, y, z); }, a, b, c);
  }
  static Integers subtract(Integers const& a, Integers const& b) {
    return each<Integers>([](auto x, auto y) { return Simd::subtract(x, y); }, a, b);
  }
  static Integers subtract_unless(Mask const& mask, Integers const& a, Integers const& b,
                                  Integers const& otherwise) {
    return each<Integers>([](auto m, auto x, auto y, auto z) { return Simd::subtract_unless(m, x, y, z); },
                          mask, a, b, otherwise);
  }
  static Floats to_float(Integers const& a) {
    return each<Floats>([](auto x) { return Simd::to_float(x); }, a);
  }
  static Floats upper_part(Integers const& a) {
    return each<Floats>([](auto x) { return Simd::upper_part(x); }, a);
  }
  static Integers bits(Floats const& a) {
    return each<Integers>([](auto x) { return Simd::bits(x); }, a);
  }
  static Floats from_bits(Integers const& a) {
    return each<Floats>([](auto x) { return Simd::from_bits(x); }, a);
  }
  static Floats add(Floats const& a, Floats const& b) {
    return each<Floats>([](auto x, auto y) { return Simd::add(x, y); }, a, b);
  }
  static Floats subtract(Floats const& a, Floats const& b) {
    return each<Floats>([](auto x, auto y) { return Simd::subtract(x, y); }, a, b);
  }
  static Floats multiply(Floats const& a, Floats const& b) {
    return each<Floats>([](auto x, auto y) { return Simd::multiply(x, y); }, a, b);
  }
  static Floats multiply_add(Floats const& a, Floats const& b, Floats const& c) {
    return each<Floats>([](auto x, auto y, auto z) { return Simd::multiply_add(x, y, z); }, a, b, c);
  }

 private:
  template <class Result, class Operation, class... Operands>
  __attribute__((always_inline)) static Result each(Operation operation, Operands const&... operands) {
    Result result;
    for (int i = 0; i < n; ++i) result.part[i] = operation(operands.part[i]...);
    return result;
  }
};

}  // namespace
}  // namespace dsgd::simd
