#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/law/excess.hpp"
#include "dsgd/law/shift.hpp"
#include "dsgd/law/table_keys.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// The empirical law: measured delays, each equally likely. The host reads them from a file
/// (host/spec/trace.hpp).
struct Empirical : TableKeys {
  double shift = 0.0;               ///< added to every delay, time units
  std::uint32_t worker_number = 0;  ///< place of the law among those of its table's workers, from 0
  std::uint32_t worker_count = 0;   ///< workers of its table; 0 where the law is that of all

  static constexpr std::string_view name = "empirical";
  static constexpr std::string_view meaning = "each value in a column of a CSV file is equally likely";
  static constexpr bool memoryless = false;

  static constexpr auto parameters() {
    return std::tuple_cat(file_parameters(), row_parameters(), shift_parameter<Empirical>());
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

  /// @param times  of each worker of the law's table, two or more each, as set_values() takes them
  void set_workers(std::vector<std::vector<double>> times) {
    by_worker_ = std::make_shared<std::vector<std::vector<double>> const>(std::move(times));
  }

  /// [worker], time units, in the file's order. @pre set_workers() was called
  std::vector<std::vector<double>> const& by_worker() const {
    DSGD_EXPECTS(by_worker_ != nullptr);
    return *by_worker_;
  }

  /// @pre set_values() was called
  Sampler sampler() const {
    DSGD_EXPECTS(excesses_ != nullptr);
    return {excesses_->data(), static_cast<std::uint32_t>(excesses_->size())};
  }
  double origin() const { return origin_ + shift; }

 private:
  double origin_ = 0.0;
  std::shared_ptr<std::vector<float> const> excesses_;
  std::shared_ptr<std::vector<std::vector<double>> const> by_worker_;  ///< null where workers share the law
};

/// Reads the values of a law that names a file, and makes its parameters canonical. Declared beside the law,
/// so that whoever fills it in from a spec finds it (host/spec/fill.hpp).
/// @throws Error as table::read_table(), and usage where the law's sha256 is given and is not the file's
void complete(Empirical& law);

}  // namespace dsgd
