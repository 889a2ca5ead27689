#include "engines/cpu/loops/race.hpp"

#include <cstddef>

#include "dsgd/host_device.hpp"
#include "dsgd/race/noise.hpp"
#include "dsgd/race/step.hpp"

// As in laws.cpp, loops without branches become vectors: the build says that nobody looks at errno and
// floating-point exceptions. No result depends on it.
namespace dsgd {
namespace {

DSGD_HD void normals_of(std::uint32_t const* words, std::uint32_t count, double* normals) {
  for (std::uint32_t i = 0; i < count; ++i) normals[i] = normal_of_word(words[i]);
}

DSGD_HD void find_arrivals_of(double const* ends, std::uint32_t workers, double* times,
                              std::uint32_t* arrived) {
  constexpr std::uint32_t part = 16;  // which registers hold
  for (std::uint32_t first = 0; first < race_lanes; first += part) {
    double least[part], who[part];  // as numbers of the same width they take the same masks
    for (std::uint32_t i = 0; i < part; ++i) {
      least[i] = ends[first + i];
      who[i] = 0;
    }
    for (std::uint32_t worker = 1; worker < workers; ++worker) {
      double const* const row = ends + std::size_t{worker} * race_lanes + first;
      auto const number = static_cast<double>(worker);
      for (std::uint32_t i = 0; i < part; ++i) {
        bool const earlier = row[i] < least[i];
        who[i] = earlier ? number : who[i];
        least[i] = earlier ? row[i] : least[i];
      }
    }
    for (std::uint32_t i = 0; i < part; ++i) {
      times[first + i] = least[i];
      arrived[first + i] = static_cast<std::uint32_t>(static_cast<std::int32_t>(who[i]));
    }
  }
}

DSGD_HD void update_all(double* models, double* sums, double average, double noise, double const* normals) {
  for (std::uint32_t i = 0; i < race_lanes; ++i) {
    models[i] = updated(models[i], sums[i], average, noise, normals[i]);
    sums[i] = 0;
  }
}

DSGD_HD void meet_all(double* models, RaceRound round, double const* normals) {
  for (std::uint32_t i = 0; i < race_lanes; ++i) models[i] = round(models[i], normals[i]);
}

/// Keeps the smallest words in order, or the largest as complements, and lets each word sink to its place.
DSGD_HD void select_of(std::uint32_t const* words, std::uint32_t stride, std::uint32_t workers,
                       std::uint32_t place, std::uint32_t* scratch, std::uint32_t* selected) {
  bool const from_above = place > workers / 2;
  std::uint32_t const kept = from_above ? workers - place + 1 : place;
  std::uint32_t const flip = from_above ? 0xffffffffu : 0;
  for (std::uint32_t i = 0; i < kept * race_lanes; ++i) scratch[i] = 0xffffffffu;
  for (std::uint32_t worker = 0; worker < workers; ++worker) {
    for (std::uint32_t i = 0; i < race_lanes; ++i)
      selected[i] = words[std::size_t{worker} * stride + i] ^ flip;
    for (std::uint32_t rank = 0; rank < kept; ++rank) {
      std::uint32_t* const row = scratch + std::size_t{rank} * race_lanes;
      for (std::uint32_t i = 0; i < race_lanes; ++i) {
        std::uint32_t const a = row[i], b = selected[i];
        row[i] = a < b ? a : b;
        selected[i] = a < b ? b : a;
      }
    }
  }
  for (std::uint32_t i = 0; i < race_lanes; ++i) selected[i] = scratch[(kept - 1) * race_lanes + i] ^ flip;
}

// One set of functions for each instruction set: the same loops, inlined. Attributes take no parentheses.
// NOLINTBEGIN(bugprone-macro-parentheses)
#define DSGD_RACE_LOOPS(set, attributes)                                                                   \
  struct set {                                                                                             \
    attributes static void normals(std::uint32_t const* words, std::uint32_t count, double* z) {           \
      normals_of(words, count, z);                                                                         \
    }                                                                                                      \
    attributes static void find_arrivals(double const* ends, std::uint32_t workers, double* times,         \
                                         std::uint32_t* arrived) {                                         \
      find_arrivals_of(ends, workers, times, arrived);                                                     \
    }                                                                                                      \
    attributes static void update(double* models, double* sums, double average, double noise,              \
                                  double const* z) {                                                       \
      update_all(models, sums, average, noise, z);                                                         \
    }                                                                                                      \
    attributes static void meet(double* models, double factor, double offset, double noise,                \
                                double const* z) {                                                         \
      meet_all(models, {factor, offset, noise}, z);                                                        \
    }                                                                                                      \
    attributes static void select(std::uint32_t const* words, std::uint32_t stride, std::uint32_t workers, \
                                  std::uint32_t place, std::uint32_t* scratch, std::uint32_t* selected) {  \
      select_of(words, stride, workers, place, scratch, selected);                                         \
    }                                                                                                      \
    static constexpr RaceLoops loops() { return {normals, find_arrivals, update, meet, select}; }          \
  }

// NOLINTEND(bugprone-macro-parentheses)

DSGD_RACE_LOOPS(RacePortable, );
#ifdef __x86_64__
DSGD_RACE_LOOPS(RaceAvx2, __attribute__((target("avx2,fma"))));
DSGD_RACE_LOOPS(RaceAvx512, __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma"))));
#endif
#undef DSGD_RACE_LOOPS

}  // namespace

constinit RaceLoops const race_loops_portable = RacePortable::loops();
#ifdef __x86_64__
constinit RaceLoops const race_loops_avx2 = RaceAvx2::loops();
constinit RaceLoops const race_loops_avx512 = RaceAvx512::loops();
#endif

}  // namespace dsgd
