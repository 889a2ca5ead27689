#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/arithmetic/tick.hpp"
#include "dsgd/clock/plan.hpp"
#include "dsgd/draw/philox.hpp"
#include "dsgd/law/excess.hpp"
#include "dsgd/observable.hpp"
#include "dsgd/order_statistics/address.hpp"
#include "dsgd/sweep.hpp"
#include "engines/definition/reference.hpp"
#include "text/number.hpp"
#include "validate/check.hpp"

namespace dsgd {
namespace {

Check exactly(std::string what, std::string found, std::string expected) {
  bool const same = found == expected;
  return {"known answers", std::move(what), same, same ? "equal" : found + " in place of " + expected,
          "equal"};
}

std::string words_text(PhiloxBlock const& block) {
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%08x%08x%08x%08x", block.word[0], block.word[1], block.word[2],
                block.word[3]);
  return text.data();
}

struct Vector {
  PhiloxBlock counter;
  PhiloxKey key;
  char const* words;
};

constexpr std::uint32_t ones = 0xffffffff;
/// Source: Random123 1.14, tests/kat_vectors, philox4x32 10.
constexpr std::array published{
    Vector{{{0, 0, 0, 0}}, {{0, 0}}, "6627e8d5e169c58dbc57ac4c9b00dbd8"},
    Vector{{{ones, ones, ones, ones}}, {{ones, ones}}, "408f276d41c83b0ea20bc7c66d5451fd"},
    Vector{{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}},
           {{0xa4093822, 0x299f31d0}},
           "d16cfe0994fdcceb5001e42024126ea1"},
};

/// Words at the last addresses of a worker's draw, of a job and of an order statistic.
std::string ends_of_ranges() {
  constexpr std::uint64_t seed = ~std::uint64_t{0};
  constexpr std::uint64_t last_iteration = max_iterations - 1;
  constexpr std::uint64_t last_draw = (std::uint64_t{1} << 34) - 1;
  auto const [iteration, index] = job_address(0xffffffff, max_workers - 1, last_draw);
  BitPair const sampled = sampled_bits(seed, max_sampled_workers, last_iteration, max_attempts - 1);
  std::array<char, 49> text{};
  std::snprintf(text.data(), text.size(), "%08x%08x%016llx%016llx",
                draw_word({seed, max_workers}, last_iteration, last_draw),
                draw_word(clock_stream(seed, max_workers, false), iteration, index),
                static_cast<unsigned long long>(sampled.first),
                static_cast<unsigned long long>(sampled.second));
  return text.data();
}

constexpr Stream notebook{1, 20};
constexpr std::uint64_t notebook_iterations = 5000;

/// Word and tail word of one of the notebook's 20 workers in an iteration: the slowest has the least word.
DelayWords extreme(std::uint64_t iteration, bool slowest) {
  std::uint32_t chosen = draw_word(notebook, iteration, 0);
  for (std::uint64_t worker = 1; worker < 20; ++worker) {
    std::uint32_t const word = draw_word(notebook, iteration, worker);
    chosen = slowest ? std::min(chosen, word) : std::max(chosen, word);
  }
  return {chosen, tail_word(notebook, iteration, chosen)};
}

std::string sum_of_words(bool slowest) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < notebook_iterations; ++i) {
    auto const [k, t] = extreme(i, slowest);
    sum += survival_bits(k, t);
  }
  return std::to_string(sum);
}

/// Calls add(-log u) for every 4096th word, with a tail word made from it.
template <class Add>
void for_some_logarithms(Add&& add) {
  for (std::uint64_t k = 0; k < std::uint64_t{1} << 32; k += 4096) {
    auto const word = static_cast<std::uint32_t>(k);
    add(neg_log_uniform(word, word * 2654435761u));
  }
}

double sum_of_logarithms() {
  double sum = 0;
  for_some_logarithms([&](float e) { sum += static_cast<double>(e); });
  return sum;
}

/// The bits of some logarithms, hashed to one number.
std::string bits_of_logarithms() {
  std::uint64_t sum = 0;
  for_some_logarithms(
      [&](float e) { sum = sum * 0x9E3779B97F4A7C15u + static_cast<std::uint32_t>(bits_from_float(e)); });
  return std::to_string(sum);
}

/// Sum of the notebook's runtimes with 20 workers, in ticks of 2^quantum_exponent.
struct Ticks {
  std::uint64_t sum;
  int quantum_exponent;
};

Ticks notebook_ticks(Strategy const& strategy) {
  PlannedPoint const point({{Exponential{2.0}, 20}, strategy, notebook_iterations, notebook});
  Batch const batch{point.point().stream, {point.observable()}};
  std::array<Summary, 1> summary;
  Work const work{&batch, {0, point.point().iterations}, summary};
  make_reference_engine()->run({&work, 1});
  return {static_cast<std::uint64_t>(summary[0].ticks), point.observable().quantum_exponent};
}

double mean(Ticks ticks) {
  return std::ldexp(static_cast<double>(ticks.sum), ticks.quantum_exponent) / double{notebook_iterations};
}

std::string text(Ticks ticks) {
  return std::to_string(ticks.sum) + " x 2^" + std::to_string(ticks.quantum_exponent);
}

/// Compares sums of float32 numbers, whose roundings, of 2^-25 each and more, are independent.
Check nearly(std::string what, double found, double expected) {
  constexpr double bound = 1e-8;
  double const off = std::abs(found / expected - 1);
  return {"known answers", std::move(what), off <= bound, "off by " + significant(off, 2),
          significant(bound, 2)};
}

}  // namespace

std::vector<Check> check_known_answers() {
  std::vector<Check> checks;
  checks.reserve(published.size() + 9);
  for (Vector const& vector : published)
    checks.push_back(exactly("Philox of " + words_text(vector.counter),
                             words_text(philox4x32_10(vector.counter, vector.key)), vector.words));
  Ticks const sync = notebook_ticks(Sync{});
  Ticks const async = notebook_ticks(Async{});

  // Source: tests/support/known_answers.py, which shares nothing with this program.
  checks.push_back(exactly("words at the ends of all ranges", ends_of_ranges(),
                           "0fe027423aa797d92c978cc8828d34a75972c2d8bf6430ee"));
  checks.push_back(
      exactly("words of the notebook's slowest workers", sum_of_words(true), "15322421970460160375"));
  checks.push_back(
      exactly("words of the notebook's fastest workers", sum_of_words(false), "3842847459206571765"));
  checks.push_back(nearly("sum of 2^20 logarithms", sum_of_logarithms(), 1048613.202348));
  checks.push_back(nearly("mean of the notebook, sync, m = 20", mean(sync), 1.794619925391));
  checks.push_back(nearly("mean of the notebook, async, m = 20", mean(async), 0.02571046422957));

  // Recorded from this program: what every machine must have, bit for bit.
  checks.push_back(exactly("bits of 2^20 logarithms", bits_of_logarithms(), "12570689776866022996"));
  checks.push_back(exactly("bits of the notebook, sync, m = 20", text(sync), "150543630561 x 2^-24"));
  checks.push_back(exactly("bits of the notebook, async, m = 20", text(async), "276064007393 x 2^-31"));
  return checks;
}

}  // namespace dsgd
