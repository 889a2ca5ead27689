/// Exact values of strategies whose workers run on clocks of their own: renewals are counted.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "exact/fleet.hpp"
#include "exact/law/list.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// Time between two updates in the long run where each of m workers updates whenever it is ready (async):
/// mean E[X] / m for every law. P(gap > x) = P(X > x) P(R > x)^(m - 1), R the rest of a delay under way, so
/// that E[gap^2] = 2 E[X] / m times the mean of the least of m such rests; unknown for laws with atoms, whose
/// workers may stay in step for ever. Source: Cox, "Renewal Theory", 1962, 6.3 (superposed renewal
/// processes).
Moments async_moments(Law const& law, std::uint64_t workers);

/// Time between two updates in the long run where every k-th arrival is one (k-batch-async): mean k E[X] / m.
/// The variance is known for k = 1 and for exponential delays.
Moments k_batch_async_moments(Law const& law, std::uint64_t workers, std::uint64_t k);

/// Time until k mini-batches have arrived from m workers that started together (k-batch-sync). For
/// exponential delays Erlang(k, m rate); for k = 1 the fastest delay of any law; for one worker k delays of
/// any law; for constant delays a multiple of them; by quadrature where the sum of delays has a known law, up
/// to k = 64.
/// @return nothing in other cases
std::optional<Moments> k_batch_sync_moments(Law const& law, std::uint64_t workers, std::uint64_t k);

/// Time between two updates that wait for k different workers, who alone start again (k-async): the k-th
/// smallest delay for exponential delays, and for any law where k = m; the gap of async where k = 1.
/// @return nothing in other cases
std::optional<Moments> k_async_moments(Law const& law, std::uint64_t workers, std::uint64_t k);

/// Moments of async, k-batch-async, k-batch-sync and k-async for workers that are not alike. The gaps between
/// their arrivals have the mean 1 / sum of count / E[X], and a second moment of twice that times the mean of
/// the least rest of all. k-batch-sync is known for exponential delays and for k = 1, k-async for exponential
/// delays, for k = m and for k = 1.
Moments async_moments(std::span<Group const> fleet);
Moments k_batch_async_moments(std::span<Group const> fleet, std::uint64_t k);
std::optional<Moments> k_batch_sync_moments(std::span<Group const> fleet, std::uint64_t k);
std::optional<Moments> k_async_moments(std::span<Group const> fleet, std::uint64_t k);

/// Long-run mean staleness of k-async, for any laws: the updates between a gradient's model and the one that
/// it is applied to.
inline double k_async_staleness(std::uint64_t workers, std::uint64_t k) {
  return static_cast<double>(workers - k) / static_cast<double>(k);
}

/// Long-run mean staleness of k-batch-async, for any laws.
inline double k_batch_async_staleness(std::uint64_t workers, std::uint64_t k) {
  return static_cast<double>(workers - 1) / static_cast<double>(k);
}

}  // namespace dsgd::exact
