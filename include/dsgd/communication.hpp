/// Time that an update's communication takes where all workers meet, as a function of their number.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <variant>

#include "dsgd/expects.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// Communication that takes the same time for any number of workers.
struct ConstantCommunication {
  double time = 0;

  static constexpr std::string_view name = "constant";
  static constexpr std::string_view meaning = "time";
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"time", &ConstantCommunication::time, 0, 1e30, "time of one update's communication"});
  }

  double of(std::uint64_t) const { return time; }
};

/// Ring all-reduce: 2 (m - 1) messages one after the other, each of 1/m of the model.
/// Source: Thakur, Rabenseifner, Gropp, "Optimization of Collective Communication Operations in MPICH", 2005.
struct RingCommunication {
  double latency = 0, transfer = 0;

  static constexpr std::string_view name = "ring";
  static constexpr std::string_view meaning = "2 (m - 1) (latency + transfer/m)";
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"latency", &RingCommunication::latency, 0, 1e30, "time of an empty message"},
        Parameter{"transfer", &RingCommunication::transfer, 0, 1e30,
                  "time in which the whole model passes one link"});
  }

  double of(std::uint64_t workers) const {
    auto const m = static_cast<double>(workers);
    return 2 * (m - 1) * (latency + transfer / m);
  }
};

/// Reduction along a binary tree and broadcast back: 2 ceil(log2 m) messages one after the other, each of the
/// whole model. Source: Thakur, Rabenseifner, Gropp, 2005, which RingCommunication quotes in full.
struct TreeCommunication {
  double latency = 0, transfer = 0;

  static constexpr std::string_view name = "tree";
  static constexpr std::string_view meaning = "2 ceil(log2 m) (latency + transfer)";
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"latency", &TreeCommunication::latency, 0, 1e30, "time of an empty message"},
        Parameter{"transfer", &TreeCommunication::transfer, 0, 1e30,
                  "time in which the whole model passes one link"});
  }

  double of(std::uint64_t workers) const {
    return 2 * static_cast<double>(std::bit_width(workers - 1)) * (latency + transfer);
  }
};

using Communication = std::variant<ConstantCommunication, RingCommunication, TreeCommunication>;

/// Time of one update's communication, time units. @pre workers >= 1
inline double communication_time(Communication const& communication, std::uint64_t workers) {
  DSGD_EXPECTS(workers >= 1);
  return std::visit([&](auto const& c) { return c.of(workers); }, communication);
}

}  // namespace dsgd
