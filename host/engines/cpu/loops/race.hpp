/// Loops over replications of a race that lie side by side, in vectors.
#pragma once

#include <cstdint>

namespace dsgd {

/// Replications side by side. Arrays of them are [lanes].
inline constexpr std::uint32_t race_lanes = 64;

/// The loops of a race for one instruction set.
struct RaceLoops {
  /// normals[i] = normal_of_word(words[i]), to the bit.
  void (*normals)(std::uint32_t const* words, std::uint32_t count, double* normals);

  /// Finds the earliest arrival of each lane, and of those at the same time that of the lowest worker.
  /// @param ends  [workers][lanes]
  void (*find_arrivals)(double const* ends, std::uint32_t workers, double* times, std::uint32_t* arrived);

  /// models[i] = updated(models[i], sums[i], average, noise, normals[i]); the sums are 0 then.
  void (*update)(double* models, double* sums, double average, double noise, double const* normals);

  /// models[i] = round(models[i], normals[i]) of a RaceRound.
  void (*meet)(double* models, double factor, double offset, double noise, double const* normals);

  /// selected[i] = the `place`-th smallest of a lane's words. It takes time like place (workers) or
  /// (workers - place) workers.
  /// @param words    of lane i and worker w at words[w stride + i]
  /// @param scratch  room for min(place, workers - place + 1) rows
  void (*select)(std::uint32_t const* words, std::uint32_t stride, std::uint32_t workers, std::uint32_t place,
                 std::uint32_t* scratch, std::uint32_t* selected);
};

extern RaceLoops const race_loops_portable;
#ifdef __x86_64__
extern RaceLoops const race_loops_avx2;
extern RaceLoops const race_loops_avx512;
#endif

}  // namespace dsgd
