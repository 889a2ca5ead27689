#include "kernels/fused/selection/place_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dsgd/draw/address.hpp"

namespace dsgd::kernels {
namespace {

struct Found {
  std::uint32_t word;
  unsigned turns;
};

/// As selection_kernel searches: the words from first() on are looked at in the end.
Found find(std::vector<std::uint32_t> const& words, std::uint32_t place, std::uint32_t depth) {
  PlaceSearch search(static_cast<std::uint32_t>(words.size()), place);
  unsigned turns = 0;
  for (; !search.reaches(depth) && turns < 100; ++turns) {
    std::uint32_t const pivot = search.pivot(depth);
    EXPECT_GT(pivot, search.first());
    auto const below = std::count_if(words.begin(), words.end(), [&](auto word) { return word < pivot; });
    search.narrow(pivot, static_cast<std::uint32_t>(below));
  }
  if (search.is_first()) return {search.first(), turns};
  std::vector<std::uint32_t> rest;
  for (std::uint32_t const word : words)
    if (word >= search.first()) rest.push_back(word);
  std::sort(rest.begin(), rest.end());
  return {rest.at(search.place_from_first() - 1), turns};
}

std::vector<std::uint32_t> uniform_words(std::uint32_t count, std::uint64_t iteration = 3) {
  std::vector<std::uint32_t> words;
  for (std::uint32_t i = 0; i < count; ++i) words.push_back(draw_word({1, 2}, iteration, i));
  return words;
}

void expect_all_places(std::vector<std::uint32_t> const& words, unsigned most_turns) {
  std::vector<std::uint32_t> sorted = words;
  std::sort(sorted.begin(), sorted.end());
  for (std::uint32_t const depth : {1u, 4u, 8u})
    for (std::uint32_t place = 1; place <= words.size(); ++place) {
      Found const found = find(words, place, depth);
      EXPECT_EQ(found.word, sorted[place - 1]) << place << " of " << words.size();
      EXPECT_LE(found.turns, place <= depth ? 0 : most_turns) << place << " of " << words.size();
    }
}

TEST(PlaceSearch, FindsEveryPlaceAmongUniformWords) {
  for (std::uint32_t const count : {1u, 2u, 9u, 20u, 67u, 1000u}) expect_all_places(uniform_words(count), 30);
}

/// Twelve guesses, and a halving for each bit.
TEST(PlaceSearch, EndsWhateverTheWords) {
  std::vector<std::uint32_t> heap(100), end(100, ~0u), start(100, 0), two(100, 5), powers, dense;
  std::fill(heap.begin(), heap.end(), 0x80000000u);
  std::fill(two.begin() + 50, two.end(), 6);
  for (std::uint32_t i = 0; i < 96; ++i) powers.push_back(1u << i / 3);
  for (std::uint32_t i = 0; i < 300; ++i) dense.push_back(0xfffffed4u + i);
  for (std::vector<std::uint32_t> const& words : {heap, end, start, two, powers, dense})
    expect_all_places(words, 12 + 33);
}

/// What the passes over the workers cost. Most of 1000 searches end after three turns, of a million workers
/// after four.
TEST(PlaceSearch, NeedsFewTurnsForTheMiddleOfManyWords) {
  for (auto const& [workers, searches, most_mean] :
       {std::tuple{1000u, 200u, 2.6}, std::tuple{300'000u, 10u, 3.8}}) {
    double turns = 0;
    for (std::uint32_t i = 0; i < searches; ++i) {
      Found const found = find(uniform_words(workers, i), workers / 2, 8);
      turns += found.turns;
      EXPECT_LE(found.turns, 8u);
    }
    EXPECT_LE(turns / searches, most_mean) << workers;
  }
}

TEST(PlaceSearch, LooksAtOnceNearTheEnd) {
  PlaceSearch const search(1'000'000, 8);
  EXPECT_TRUE(search.reaches(8));
  EXPECT_FALSE(search.reaches(7));
  EXPECT_EQ(search.first(), 0u);
  EXPECT_EQ(search.place_from_first(), 8u);
}

}  // namespace
}  // namespace dsgd::kernels
