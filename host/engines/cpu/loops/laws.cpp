#include "engines/cpu/loops/laws.hpp"

#include <variant>

#include "dsgd/host_device.hpp"

// Samplers are inlined into these loops and free of branches, so that compilers make vectors of them. They
// would not if they had to keep errno and floating-point exceptions in order; the build tells them that
// nobody looks at those. No result depends on it.
namespace dsgd {
namespace {

/// Takes the sampler by value, so that no store to the excesses can change it.
template <class Sampler>
DSGD_HD void excesses_of_words(Sampler law, std::uint32_t const* words, std::uint32_t const* tails,
                               std::uint32_t count, float* excesses) {
  if (tails == nullptr)
    for (std::uint32_t i = 0; i < count; ++i) excesses[i] = law.excess(words[i], 0);
  else
    for (std::uint32_t i = 0; i < count; ++i) excesses[i] = law.excess(words[i], tails[i]);
}

template <class Sampler>
DSGD_HD void excesses_of_hazards(Sampler law, double const* hazards, std::uint32_t count, float* excesses) {
  for (std::uint32_t i = 0; i < count; ++i) excesses[i] = law.excess_at(hazards[i]);
}

struct Portable {
  template <class Sampler>
  static void of_words(Sampler const& law, std::uint32_t const* words, std::uint32_t const* tails,
                       std::uint32_t count, float* excesses) {
    excesses_of_words(law, words, tails, count, excesses);
  }
  template <class Sampler>
  static void of_hazards(Sampler const& law, double const* hazards, std::uint32_t count, float* excesses) {
    excesses_of_hazards(law, hazards, count, excesses);
  }
};

#ifdef __x86_64__
#define DSGD_AVX2 __attribute__((target("avx2,fma")))
#define DSGD_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma")))

struct Avx2 {
  template <class Sampler>
  DSGD_AVX2 static void of_words(Sampler const& law, std::uint32_t const* words, std::uint32_t const* tails,
                                 std::uint32_t count, float* excesses) {
    excesses_of_words(law, words, tails, count, excesses);
  }
  template <class Sampler>
  DSGD_AVX2 static void of_hazards(Sampler const& law, double const* hazards, std::uint32_t count,
                                   float* excesses) {
    excesses_of_hazards(law, hazards, count, excesses);
  }
};

struct Avx512 {
  template <class Sampler>
  DSGD_AVX512 static void of_words(Sampler const& law, std::uint32_t const* words, std::uint32_t const* tails,
                                   std::uint32_t count, float* excesses) {
    excesses_of_words(law, words, tails, count, excesses);
  }
  template <class Sampler>
  DSGD_AVX512 static void of_hazards(Sampler const& law, double const* hazards, std::uint32_t count,
                                     float* excesses) {
    excesses_of_hazards(law, hazards, count, excesses);
  }
};
#endif

template <class Set>
constexpr LawLoops loops_of_set{
    [](LawSampler const& law, std::uint32_t const* words, std::uint32_t const* tails, std::uint32_t count,
       float* excesses) {
      std::visit([&](auto const& sampler) { Set::of_words(sampler, words, tails, count, excesses); }, law);
    },
    [](LawSampler const& law, double const* hazards, std::uint32_t count, float* excesses) {
      std::visit([&](auto const& sampler) { Set::of_hazards(sampler, hazards, count, excesses); }, law);
    }};

}  // namespace

constinit LawLoops const law_loops_portable = loops_of_set<Portable>;
#ifdef __x86_64__
constinit LawLoops const law_loops_avx2 = loops_of_set<Avx2>;
constinit LawLoops const law_loops_avx512 = loops_of_set<Avx512>;
#endif

}  // namespace dsgd
