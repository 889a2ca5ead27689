#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>
#include <variant>

#include "dsgd/law/list.hpp"

namespace dsgd::kernels {

/// A law as kernels evaluate it where the workers of a launch have several: a LawSampler whose bytes a device
/// can read. Made on the host.
class AnyLaw {
 public:
  /// @param law  whose tables, if any, are in the memory of the device
  template <class Sampler>
  explicit AnyLaw(Sampler const& law) : number_(static_cast<std::uint32_t>(LawSampler(law).index())) {
    static_assert(std::is_trivially_copyable_v<Sampler> && alignof(Sampler) <= alignof(double));
    static_assert(sizeof(Sampler) <= size);
    new (bytes_) Sampler(law);
  }

  /// A worker's delay beyond its origin, time units. @param k, t  its word and tail word
  __device__ float excess(std::uint32_t k, std::uint32_t t) const {
    return excess_of(std::make_index_sequence<std::variant_size_v<LawSampler>>{}, k, t);
  }

 private:
  template <std::size_t... Law>
  __device__ float excess_of(std::index_sequence<Law...>, std::uint32_t k, std::uint32_t t) const {
    float excess = 0;
    // The first that is right ends the search: other laws' variables are not kept meanwhile.
    static_cast<void>((
        (number_ == Law && (excess = as<std::variant_alternative_t<Law, LawSampler>>().excess(k, t), true)) ||
        ...));
    return excess;
  }

  template <class Sampler>
  __device__ Sampler const& as() const {
    return *reinterpret_cast<Sampler const*>(bytes_);
  }

  /// Bytes of the largest sampler, but the same where scripts/mutate translates kernels for fewer laws than the host knows.
  static constexpr std::size_t size = 24;

  alignas(double) std::byte bytes_[size];
  std::uint32_t number_;  ///< of the law's kind in LawSampler
};

}  // namespace dsgd::kernels
