#include <array>
#include <cstdint>
#include <cstdio>

#include "dsgd/philox.hpp"
#include "dsgd/portable_log.hpp"
#include "dsgd/sweep.hpp"
#include "engines/reference.hpp"
#include "validate/check.hpp"

namespace dsgd {
namespace {

Check exactly(std::string what, std::string found, std::string expected) {
  bool const same = found == expected;
  return {"known answers", std::move(what), same, std::move(found), std::move(expected)};
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

/// The bits of -log u over every 4096th word, its tail words made from it, as one number.
std::string logarithms() {
  std::uint64_t sum = 0;
  for (std::uint64_t k = 0; k < std::uint64_t{1} << 32; k += 4096) {
    auto const word = static_cast<std::uint32_t>(k);
    float const e = neg_log_uniform(word, word * 2654435761u);
    sum = sum * 0x9E3779B97F4A7C15u + static_cast<std::uint32_t>(bits_from_float(e));
  }
  return std::to_string(sum);
}

/// Ticks of the notebook's point with 20 workers: 5000 iterations, rate 2, seed 1.
std::string notebook_ticks(Strategy const& strategy) {
  Point const point{Exponential{2.0}, strategy, 20, 5000, {1, 20}};
  Observable const seen = observable(point);
  Batch const batch{point.stream, {seen}};
  std::array<Summary, 1> summary;
  Work const work{&batch, {0, point.iterations}, summary};
  make_reference_engine()->run({&work, 1});
  return std::to_string(static_cast<std::uint64_t>(summary[0].ticks)) + " x 2^" +
         std::to_string(seen.quantum_exponent);
}

}  // namespace

std::vector<Check> check_known_answers() {
  std::vector<Check> checks;
  checks.reserve(published.size() + 3);
  for (Vector const& vector : published)
    checks.push_back(exactly("Philox4x32-10 of " + words_text(vector.counter),
                             words_text(philox4x32_10(vector.counter, vector.key)), vector.words));
  checks.push_back(exactly("bits of 2^20 logarithms", logarithms(), "12570689776866022996"));
  checks.push_back(exactly("sum of the notebook's runtimes, sync, m = 20", notebook_ticks(Sync{}),
                           "150543630561 x 2^-24"));
  checks.push_back(exactly("sum of the notebook's runtimes, async, m = 20", notebook_ticks(Async{}),
                           "276064007393 x 2^-31"));
  return checks;
}

}  // namespace dsgd
