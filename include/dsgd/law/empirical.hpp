#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/law/excess.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// The empirical law: measured delays, each equally likely. The host reads them from a file
/// (host/spec/trace.hpp).
struct Empirical {
  std::string file;    ///< base name of the file with the delays
  std::string column;  ///< its header, or its number from 1
  std::string sha256;  ///< of the whole file, 64 hexadecimal digits
  std::string note;    ///< what was read, for the user

  static constexpr std::string_view name = "empirical";
  static constexpr std::string_view meaning = "each value in a column of a CSV file is equally likely";
  static constexpr bool memoryless = false;

  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"file", &Empirical::file, 0, 0, "path of a CSV file or of one number per line"},
        Parameter{"column", &Empirical::column, 0, 0,
                  "header or number of the column, where there are several", Presence::optional},
        Parameter{"sha256", &Empirical::sha256, 0, 0, "SHA-256 that the file must have", Presence::optional});
  }

  struct Sampler {
    float const* excesses;  ///< values less the smallest, ascending, time units
    std::uint32_t size;     ///< number of values

    /// @return the value of rank 1 + floor((1 - u) size); its probability is 1 / size to within 2^-32
    DSGD_HD float excess(std::uint32_t k, std::uint32_t) const {
      return excesses[std::uint64_t{~k} * size >> 32];
    }

    DSGD_HD float excess_at(double hazard) const {
      double const shorter = -portable::expm1(-hazard) * size;
      auto const index = static_cast<std::uint32_t>(shorter);  // below 2^32
      return excesses[index < size ? index : size - 1];
    }
    DSGD_HD double at(double hazard) const { return static_cast<double>(excess_at(hazard)); }

    /// The values that are read; they live as long as any copy of the law.
    std::span<float const> table() const { return {excesses, size}; }

    /// The same law on a copy of the table, such as one in device memory.
    Sampler with_table(float const* copy) const { return {copy, size}; }
  };

  /// @param values  2 to 2^32 - 1 of them, finite, >= 0, at most 1e36
  void set_values(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    origin_ = values.front();
    std::vector<float> excesses;
    excesses.reserve(values.size());
    for (double const value : values) excesses.push_back(to_excess(value - origin_));
    excesses_ = std::make_shared<std::vector<float> const>(std::move(excesses));
  }

  /// @pre set_values() was called
  Sampler sampler() const {
    DSGD_EXPECTS(excesses_ != nullptr);
    return {excesses_->data(), static_cast<std::uint32_t>(excesses_->size())};
  }
  double origin() const { return origin_; }

 private:
  double origin_ = 0.0;
  std::shared_ptr<std::vector<float> const> excesses_;
};

/// Reads the values of a law that names a file, and makes its parameters canonical. Declared beside the law,
/// so that whoever fills it in from a spec finds it (host/spec/fill.hpp).
/// @throws Error as read_trace(), and usage where the law's sha256 is given and is not the file's
void complete(Empirical& law);

}  // namespace dsgd
