/// What is known exactly about each law, in long double and by formulas of their own. A law that is added to
/// the list needs an Exact of its own here; everything else iterates over the list.
#pragma once

#include <algorithm>
#include <array>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>
#include <vector>

#include "dsgd/law/list.hpp"

namespace dsgd {

struct ExactMoments {
  long double mean, variance;
  long double kurtosis;  ///< fourth central moment / variance^2
};

/// From the moments about 0. @param raw  gives the n-th
template <class Raw>
ExactMoments exact_moments(Raw const& raw) {
  long double const a = raw(1), b = raw(2), c = raw(3), d = raw(4);
  long double const variance = b - a * a;
  return {a, variance, (d - 4 * a * c + 6 * a * a * b - 3 * a * a * a * a) / (variance * variance)};
}

/// excess(hazard): delay beyond the origin that is exceeded with probability e^-hazard.
/// moments(): of the delay. example(): a law whose fourth moment is finite.
/// bits: excess of example() at the words 0, 2^20 - 1 (tail words 0 and 7), 2^20, 2^31, 3 2^30 and 2^32 - 1
/// (0).
template <class L>
struct Exact;

using KnownBits = std::array<float, 6>;

template <>
struct Exact<Exponential> {
  static Exponential example() { return {3.0}; }
  static long double excess(Exponential const& law, long double hazard) { return hazard / law.rate; }
  static ExactMoments moments(Exponential const& law) {
    long double const scale = 1.0L / law.rate;
    return {scale, scale * scale, 9};
  }
  static constexpr KnownBits bits{0x1.e095p+3f,  0x1.62e432p+1f, 0x1.62e42ep+1f,
                                  0x1.d9304p-3f, 0x1.88c82ap-4f, 0x1.555556p-67f};
};

template <>
struct Exact<ShiftedExponential> {
  static ShiftedExponential example() { return {1000.0, 0.7}; }
  static long double excess(ShiftedExponential const& law, long double hazard) { return hazard / law.rate; }
  static ExactMoments moments(ShiftedExponential const& law) {
    long double const scale = 1.0L / law.rate;
    return {law.shift + scale, scale * scale, 9};
  }
  static constexpr KnownBits bits{0x1.017464p+6f, 0x1.7c3da4p+3f, 0x1.7c3d9ep+3f,
                                  0x1.fafcd6p-1f, 0x1.a4d676p-2f, 0x1.6db6dcp-65f};
};

template <>
struct Exact<Pareto> {
  static Pareto example() { return {2.0, 9.0}; }
  static long double excess(Pareto const& law, long double hazard) {
    return law.scale * std::expm1(hazard / law.shape);
  }
  static ExactMoments moments(Pareto const& law) {
    return exact_moments([&](int n) {
      return law.shape * std::pow(static_cast<long double>(law.scale), n) / (law.shape - n);
    });
  }
  static constexpr KnownBits bits{0x1.28a1a2p+8f, 0x1.851464p+1f, 0x1.85145ap+1f,
                                  0x1.47ecb8p-3f, 0x1.0a15a8p-4f, 0x1.c71c72p-68f};
};

template <>
struct Exact<Weibull> {
  static Weibull example() { return {3.0, 1.5}; }
  static long double excess(Weibull const& law, long double hazard) {
    return law.scale * std::pow(hazard, 1.0L / law.shape);
  }
  static ExactMoments moments(Weibull const& law) {
    return exact_moments([&](int n) {
      return std::pow(static_cast<long double>(law.scale), n) *
             std::tgamma(1.0L + n / static_cast<long double>(law.shape));
    });
  }
  static constexpr KnownBits bits{0x1.2fe194p+5f, 0x1.8a1a36p+3f, 0x1.8a1a32p+3f,
                                  0x1.2cc1a2p+1f, 0x1.4eaf64p+0f, 0x1.30c7fp-42f};
};

template <>
struct Exact<Lognormal> {
  static Lognormal example() { return {1.0, 0.5}; }
  static long double excess(Lognormal const& law, long double hazard) {
    long double const root2 = std::sqrt(2.0L);
    long double const z = hazard > 0.69L ? root2 * boost::math::erfc_inv(2 * std::exp(-hazard))
                                         : -root2 * boost::math::erfc_inv(-2 * std::expm1(-hazard));
    return std::exp(law.mu + law.sigma * z);
  }
  static ExactMoments moments(Lognormal const& law) {
    long double const w = std::exp(static_cast<long double>(law.sigma) * law.sigma);
    long double const mean = std::exp(static_cast<long double>(law.mu)) * std::sqrt(w);
    return {mean, mean * mean * (w - 1), w * w * w * w + 2 * w * w * w + 3 * w * w - 3};
  }
  static constexpr KnownBits bits{0x1.0872d6p+8f, 0x1.f158d8p+3f, 0x1.f158dp+3f,
                                  0x1.5bf0a8p+1f, 0x1.f0ac6p+0f,  0x1.c9ca9ap-6f};
};

template <>
struct Exact<LogLogistic> {
  static LogLogistic example() { return {2.0, 9.0}; }
  static long double excess(LogLogistic const& law, long double hazard) {
    return law.scale * std::pow(std::expm1(hazard), 1.0L / law.shape);
  }
  static ExactMoments moments(LogLogistic const& law) {
    return exact_moments([&](int n) {
      long double const b = n * std::numbers::pi_v<long double> / law.shape;
      return std::pow(static_cast<long double>(law.scale), n) * b / std::sin(b);
    });
  }
  static constexpr KnownBits bits{0x1.2aa1a2p+8f, 0x1.4287f4p+2f, 0x1.4287fp+2f,
                                  0x1.0p+1f,      0x1.c52a46p+0f, 0x1.b6e8aep-7f};
};

template <>
struct Exact<Gamma> {
  static Gamma example() { return {2.5, 4.0}; }
  static long double excess(Gamma const& law, long double hazard) {
    long double const shape = law.shape;
    // P(X <= x) = x^shape / Gamma(shape + 1) to the first order, where Boost's inverse underflows
    if (hazard < 1e-20L && law.shape <= 1.0)
      return std::exp((std::log(hazard) + std::lgamma(shape + 1)) / shape) / law.rate;
    return (hazard > 0.69L ? boost::math::gamma_q_inv(shape, std::exp(-hazard))
                           : boost::math::gamma_p_inv(shape, -std::expm1(-hazard))) /
           law.rate;
  }
  static ExactMoments moments(Gamma const& law) {
    long double const mean = static_cast<long double>(law.shape) / law.rate;
    return {mean, mean / law.rate, 3 + 6.0L / law.shape};
  }
  static constexpr KnownBits bits{0x1.9580bap+3f, 0x1.7bc13p+1f,  0x1.7bc12ap+1f,
                                  0x1.167e52p-1f, 0x1.565962p-2f, 0x1.9de04ep-28f};
};

template <>
struct Exact<Uniform> {
  static Uniform example() { return {1.0, 1.1}; }
  static long double excess(Uniform const& law, long double hazard) {
    return -std::expm1(-hazard) * (static_cast<long double>(law.high) - law.low);
  }
  static ExactMoments moments(Uniform const& law) {
    long double const width = static_cast<long double>(law.high) - law.low;
    return {(static_cast<long double>(law.low) + law.high) / 2, width * width / 12, 1.8L};
  }
  static constexpr KnownBits bits{0x1.99999ap-4f, 0x1.998p-4f,    0x1.998p-4f,
                                  0x1.99999ap-5f, 0x1.99999ap-6f, 0x1.99999ap-69f};
};

template <>
struct Exact<Constant> {
  static Constant example() { return {0.3}; }
  static long double excess(Constant const&, long double) { return 0; }
  static ExactMoments moments(Constant const& law) { return {law.value, 0, 1}; }
  static constexpr KnownBits bits{0, 0, 0, 0, 0, 0};
};

template <>
struct Exact<TwoPoint> {
  static TwoPoint example() { return {1.0, 8.0, 0.375}; }
  static long double excess(TwoPoint const& law, long double hazard) {
    return hazard > -std::log(static_cast<long double>(law.probability))
               ? static_cast<float>(law.high - law.low)
               : 0;
  }
  static ExactMoments moments(TwoPoint const& law) {
    long double const p = law.probability;
    long double const rise = law.high - law.low;
    return {law.low + p * rise, p * (1 - p) * rise * rise, (1 - 3 * p + 3 * p * p) / (p * (1 - p))};
  }
  static constexpr KnownBits bits{7, 7, 7, 0, 0, 0};
};

template <>
struct Exact<Hyperexponential> {
  static Hyperexponential example() { return {0.9, 2.0, 0.125}; }
  static long double hazard(Hyperexponential const& law, long double x) {
    long double const p = law.probability;
    long double const fall = p * std::expm1(-law.rate1 * x) + (1 - p) * std::expm1(-law.rate2 * x);
    if (fall > -0.5L) return -std::log1p(fall);
    return -std::log(p * std::exp(-law.rate1 * x) + (1 - p) * std::exp(-law.rate2 * x));
  }
  /// Bisection.
  static long double excess(Hyperexponential const& law, long double at) {
    long double low = at / std::max(law.rate1, law.rate2) * 0.999L;
    long double high = at / std::min(law.rate1, law.rate2) * 1.001L;
    for (int i = 0; i < 80; ++i) {
      long double const middle = (low + high) / 2;
      (hazard(law, middle) < at ? low : high) = middle;
    }
    return low;
  }
  static ExactMoments moments(Hyperexponential const& law) {
    return exact_moments([&](int n) {
      return std::tgamma(n + 1.0L) *
             (law.probability / std::pow(static_cast<long double>(law.rate1), n) +
              (1.0L - law.probability) / std::pow(static_cast<long double>(law.rate2), n));
    });
  }
  static constexpr KnownBits bits{0x1.56040ep+8f, 0x1.80f8bep+5f, 0x1.80f8b6p+5f,
                                  0x1.99000cp-2f, 0x1.4a1858p-3f, 0x1.1a7b96p-66f};
};

template <>
struct Exact<Empirical> {
  static Empirical of(std::vector<double> values) {
    Empirical law;
    law.set_values(std::move(values));
    return law;
  }
  static Empirical example() { return of({1.5, 1.25, 7, 1.25, 3, 2}); }
  static long double excess(Empirical const& law, long double hazard) {
    auto const values = law.sampler().table();
    auto const rank =
        static_cast<std::size_t>(-std::expm1(-hazard) * static_cast<long double>(values.size()));
    return static_cast<long double>(values[std::min(rank, values.size() - 1)]);
  }
  static ExactMoments moments(Empirical const& law) {
    long double sum = 0;
    auto const values = law.sampler().table();
    auto const n = static_cast<long double>(values.size());
    for (float const value : values) sum += static_cast<long double>(value);
    long double const mean = sum / n;
    long double squares = 0;
    long double fourths = 0;
    for (float const value : values) {
      long double const square = std::pow(static_cast<long double>(value) - mean, 2.0L);
      squares += square / n;
      fourths += square * square / n;
    }
    return {law.origin() + mean, squares, fourths / (squares * squares)};
  }
  static constexpr KnownBits bits{5.75f, 5.75f, 5.75f, 0.25f, 0, 0};
};

}  // namespace dsgd
