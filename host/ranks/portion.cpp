#include "ranks/portion.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "bytes/summary_bytes.hpp"
#include "dsgd/engine/block_queue.hpp"
#include "dsgd/expects.hpp"
#include "ranks/protocol.hpp"
#include "ranks/wire.hpp"

namespace dsgd {
namespace {

constexpr double portions_ahead = 8;    // a rank's share of what is left makes so many portions
constexpr double smallest_share = 256;  // a rank's share of all makes so many of the smallest portions
constexpr double smallest_draws = 1 << 18;
constexpr std::uint64_t granule = 512;  // engines like multiples of it

}  // namespace

double draws_of(std::span<Work const> work) {
  double draws = 0;
  for (Work const& piece : work)
    draws += static_cast<double>(piece.iterations.count) * draws_per_unit(*piece.batch);
  return draws;
}

PortionQueue::PortionQueue(std::span<Work const> work, int ranks)
    : work_(work), share_(1 / (portions_ahead * ranks)), draws_left_(draws_of(work)) {
  least_ = std::max(smallest_draws, draws_left_ / (smallest_share * ranks));
}

std::vector<Piece> PortionQueue::take() {
  std::lock_guard const lock(mutex_);
  std::vector<Piece> portion;
  double wanted = std::max(least_, share_ * draws_left_);
  while (next_ < work_.size() && wanted > 0) {
    Work const& work = work_[next_];
    double const per_unit = draws_per_unit(*work.batch);
    std::uint64_t const left = work.iterations.count - iterations_;
    std::uint64_t const step = per_unit * static_cast<double>(granule) <= least_ ? granule : 1;
    double const steps = std::ceil(std::min(wanted / per_unit, 0x1p50) / static_cast<double>(step));
    std::uint64_t const units = static_cast<std::uint64_t>(steps) * step;
    std::uint64_t const count = std::min(left, units);
    portion.push_back({&work, {work.iterations.first + iterations_, count}});
    double const draws = static_cast<double>(count) * per_unit;
    wanted -= draws;
    draws_left_ -= draws;
    iterations_ += count;
    if (iterations_ == work.iterations.count) {
      ++next_;
      iterations_ = 0;
    }
  }
  return portion;
}

void PortionQueue::abandon() {
  std::lock_guard const lock(mutex_);
  next_ = work_.size();
}

std::string portion_message(std::span<Piece const> portion) {
  WireWriter writer(message_kind::portion);
  for (Piece const& piece : portion) {
    Batch const& batch = *piece.work->batch;
    DSGD_EXPECTS(!batch.points.empty());
    writer.add(batch.stream.seed);
    writer.add(batch.stream.id);
    writer.add(piece.iterations.first);
    writer.add(piece.iterations.count);
    writer.add(batch.points.size());
    for (std::size_t const point : batch.points) writer.add(point);
  }
  return writer.take();
}

std::vector<PieceOrder> parse_portion(std::string_view message) {
  WireReader reader(message);
  reader.kind();
  std::vector<PieceOrder> orders;
  while (!reader.empty()) {
    PieceOrder& order = orders.emplace_back();
    order.stream.seed = reader.number();
    order.stream.id = static_cast<std::uint32_t>(reader.number());
    order.iterations.first = reader.number();
    order.iterations.count = reader.number();
    for (std::uint64_t left = reader.number(); left > 0; --left) order.points.push_back(reader.number());
  }
  return orders;
}

std::string sums_message(std::span<std::vector<Summary> const> sums) {
  WireWriter writer(message_kind::sums);
  for (std::vector<Summary> const& piece : sums)
    for (Summary const& summary : piece) writer.add(summary_bytes(summary));
  return writer.take();
}

void add_sums(std::string_view message, std::span<Piece const> portion) {
  WireReader reader(message);
  reader.kind();
  for (Piece const& piece : portion)
    for (Summary& summary : piece.work->summaries) {
      std::optional<Summary> const sum = summary_from_bytes(reader.text());
      if (!sum) throw std::runtime_error("a message between ranks has no sums");
      summary.merge(*sum);
    }
}

}  // namespace dsgd
