#include "ranks/serve.hpp"

#include <stdexcept>
#include <vector>

#include "bytes/sha256.hpp"
#include "dsgd/arithmetic/version.hpp"
#include "ranks/pause.hpp"
#include "ranks/portion.hpp"
#include "ranks/protocol.hpp"
#include "ranks/wire.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

/// Awaits the next message without keeping a core busy.
std::string next_message(Messenger& messenger) {
  for (Pause pause;; pause.sleep())
    if (auto message = messenger.receive()) return std::move(message->bytes);
}

int exit_code_of(std::string_view end) {
  WireReader reader(end);
  reader.kind();
  return static_cast<int>(reader.number());
}

/// Computes portions as they are ordered.
class Servant {
 public:
  Servant(std::span<PlannedPoint const> points, Engine& engine) : points_(points), engine_(engine) {}

  std::string answer(std::string_view message) {
    std::vector<PieceOrder> const orders = parse_portion(message);
    std::vector<Batch> batches;
    std::vector<std::vector<Summary>> sums;
    for (PieceOrder const& order : orders) {
      batches.push_back(batch_of(order));
      sums.emplace_back(order.points.size());
    }
    std::vector<Work> work;
    for (std::size_t i = 0; i < orders.size(); ++i)
      work.push_back({&batches[i], orders[i].iterations, sums[i]});
    engine_.run(work);
    return sums_message(sums);
  }

 private:
  Batch batch_of(PieceOrder const& order) const {
    Batch batch{order.stream, {}, order.points};
    for (std::size_t const point : order.points) {
      if (point >= points_.size())
        throw std::runtime_error("rank 0 asks for a point that the sweep does not have");
      batch.observables.push_back(points_[point].observable());
    }
    return batch;
  }

  std::span<PlannedPoint const> points_;
  Engine& engine_;
};

}  // namespace

std::string fingerprint(std::span<PlannedPoint const> points) {
  Sha256 hash;
  hash.add(std::to_string(arithmetic_version));
  for (PlannedPoint const& planned : points) {
    Point const& point = planned.point();
    WireWriter writer('p');
    writer.add(fleet_spec(point));
    writer.add(canonical_spec(point.strategy));
    writer.add(point.workers());
    writer.add(point.iterations);
    writer.add(point.stream.seed);
    writer.add(point.stream.id);
    writer.add(static_cast<std::uint64_t>(point.sampling));
    writer.add(static_cast<std::uint64_t>(point.quantiles));
    hash.add(writer.take());
  }
  return hash.finish();
}

int serve(std::span<PlannedPoint const> points, Engine& engine, Messenger& messenger) {
  WireWriter ready(message_kind::ready);
  ready.add(fingerprint(points));
  messenger.send(0, ready.take());
  Servant servant(points, engine);
  for (;;) {
    std::string const message = next_message(messenger);
    if (message.front() == message_kind::end) return exit_code_of(message);
    messenger.send(0, servant.answer(message));
  }
}

int await_end(Messenger& messenger) {
  for (;;) {
    std::string const message = next_message(messenger);
    if (message.front() == message_kind::end) return exit_code_of(message);
  }
}

}  // namespace dsgd
