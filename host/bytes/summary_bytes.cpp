#include "bytes/summary_bytes.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "bytes/little_endian.hpp"

namespace dsgd {
namespace {

class Writer {
 public:
  std::string take() { return std::move(bytes_); }

  void add(std::uint64_t value) { append_little_endian(bytes_, value, 8); }
  void add(std::uint32_t value) { append_little_endian(bytes_, value, 4); }
  void add(float value) { add(std::bit_cast<std::uint32_t>(value)); }

  void add(uint128 value) {
    add(static_cast<std::uint64_t>(value));
    add(static_cast<std::uint64_t>(value >> 64));
  }

  template <int Limbs>
  void add(WideUnsigned<Limbs> const& value) {
    for (std::uint64_t const limb : value.limb) add(limb);
  }

  void add(Histogram const& histogram) {
    std::uint32_t bins = 0;
    histogram.for_each([&](std::uint32_t, std::uint64_t) { ++bins; });
    add(bins);
    histogram.for_each([&](std::uint32_t bin, std::uint64_t count) {
      add(bin);
      add(count);
    });
  }

 private:
  std::string bytes_;
};

/// Reads what a Writer wrote; gives zeros once anything is wrong.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  /// True where everything was right and nothing is left.
  bool complete() const { return right_ && rest_.empty(); }

  void read(std::uint64_t& value) { value = read_bytes(8); }
  void read(std::uint32_t& value) { value = static_cast<std::uint32_t>(read_bytes(4)); }

  void read(float& value) {
    std::uint32_t bits = 0;
    read(bits);
    value = std::bit_cast<float>(bits);
    require(std::isfinite(value) && !std::signbit(value));
  }

  void read(uint128& value) {
    std::uint64_t const low = read_bytes(8);
    value = uint128{read_bytes(8)} << 64 | low;
  }

  template <int Limbs>
  void read(WideUnsigned<Limbs>& value) {
    for (std::uint64_t& limb : value.limb) read(limb);
  }

  void read(Histogram& histogram) {
    std::uint32_t bins = 0;
    read(bins);
    std::uint32_t least = 0;
    for (std::uint32_t i = 0; i < bins && right_; ++i) {
      std::uint32_t bin = 0;
      std::uint64_t count = 0;
      read(bin);
      read(count);
      require(bin >= least && bin <= last_bin && count != 0);
      if (right_) histogram.add_to_bin(bin, count);
      least = bin + 1;
    }
  }

 private:
  static constexpr std::uint32_t last_bin =
      std::bit_cast<std::uint32_t>(std::numeric_limits<float>::max()) >> 15;

  void require(bool condition) { right_ = right_ && condition; }

  std::uint64_t read_bytes(std::size_t count) {
    require(rest_.size() >= count);
    if (!right_) return 0;
    std::uint64_t const value = from_little_endian(rest_.substr(0, count));
    rest_.remove_prefix(count);
    return value;
  }

  std::string_view rest_;
  bool right_ = true;
};

/// Calls a function for each field of a summary, in the order in which they are written: the one list of
/// them.
template <class Fields, class Function>
void for_each_field(Fields& summary, Function&& function) {
  function(summary.iterations);
  function(summary.ticks);
  function(summary.squared_ticks);
  function(summary.minimum);
  function(summary.maximum);
  function(summary.histogram);
  function(summary.clocks.replications);
  function(summary.clocks.squared_windows);
  function(summary.clocks.staleness);
  function(summary.clocks.gradients);
  function(summary.clocks.stalenesses);
}

}  // namespace

std::string summary_bytes(Summary const& summary) {
  Writer writer;
  for_each_field(summary, [&](auto const& field) { writer.add(field); });
  return writer.take();
}

std::optional<Summary> summary_from_bytes(std::string_view bytes) {
  Reader reader(bytes);
  Summary summary;
  for_each_field(summary, [&](auto& field) { reader.read(field); });
  if (!reader.complete()) return std::nullopt;
  return summary;
}

}  // namespace dsgd
