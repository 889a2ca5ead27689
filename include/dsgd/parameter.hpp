/// Parameters that laws and strategies declare, so that parsing, printing and help iterate over them.
#pragma once

#include <cstdint>
#include <string_view>

namespace dsgd {

/// Says whether the user must give a parameter or it has a default, which canonical specs may leave out.
enum class Presence { required, optional, implied };

/// A parameter of `Owner`. T is double, std::uint32_t, Share or std::string. A law or strategy returns a
/// tuple of these from parameters(). Where ranges of single parameters do not suffice, it has a member
/// `std::string problem() const`: one clause that names what is wrong among the values, empty when nothing
/// is. Where one of several optional parameters must be given, it has an array `one_of` of their keys.
template <class Owner, class T>
struct Parameter {
  std::string_view key;  ///< as the user types it
  T Owner::*value;
  double low, high;          ///< accepted values or counts of a Share, both included; unused for a text
  std::string_view meaning;  ///< for the user, with its unit
  Presence presence = Presence::required;
};

template <class Owner, class T>
Parameter(std::string_view, T Owner::*, double, double, std::string_view) -> Parameter<Owner, T>;
template <class Owner, class T>
Parameter(std::string_view, T Owner::*, double, double, std::string_view, Presence) -> Parameter<Owner, T>;

/// Some of the workers: a number, or a percentage of all of them.
struct Share {
  std::uint32_t count = 1;         ///< the number, where there is no percentage
  std::uint32_t micropercent = 0;  ///< millionths of a percent, up to 10^8; 0 where there is none

  /// How many of `workers` workers; a percentage is rounded up. A number may exceed `workers`.
  constexpr std::uint64_t of(std::uint64_t workers) const {
    if (micropercent == 0) return count;
    std::uint64_t const hundredths = workers / whole, rest = workers % whole;  // no product beyond 2^64
    return micropercent * hundredths + (micropercent * rest + (whole - 1)) / whole;
  }

  friend constexpr bool operator==(Share const&, Share const&) = default;

  static constexpr std::uint64_t whole = 100'000'000;  ///< 100 %
};

}  // namespace dsgd
