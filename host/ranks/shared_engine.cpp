#include "ranks/shared_engine.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "dsgd/error.hpp"
#include "ranks/pause.hpp"
#include "ranks/portion.hpp"
#include "ranks/protocol.hpp"
#include "ranks/wire.hpp"

namespace dsgd {
namespace {

constexpr std::size_t portions_in_flight = 2;  // per rank: one is computed, the next one waits
constexpr double short_work = 2e-3;            // seconds; shorter work does not pay to be shared

/// True where batches name their points, as other ranks need it.
bool can_be_shared(std::span<Work const> work) {
  for (Work const& piece : work)
    if (piece.batch->points.size() != piece.summaries.size()) return false;
  return true;
}

[[noreturn]] void rethrow_failure(WireReader& reader, int rank) {
  auto const code = static_cast<ExitCode>(reader.number());
  throw Error(code, "rank " + std::to_string(rank) + ": " + std::string(reader.text()));
}

}  // namespace

/// One run. The thread that calls run() exchanges messages; another one computes this rank's portions.
class SharedEngine::Sharing {
 public:
  Sharing(SharedEngine& engine, std::span<Work const> work)
      : engine_(engine),
        portions_(work, engine.messenger_.size()),
        awaited_(static_cast<std::size_t>(engine.messenger_.size())) {}

  void run() {
    std::jthread const computing([this] { compute(); });
    try {
      exchange();
    } catch (...) {
      portions_.abandon();
      throw;
    }
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  using Portion = std::vector<Piece>;

  void compute() {
    try {
      for (Portion portion = portions_.take(); !portion.empty(); portion = portions_.take()) {
        std::vector<std::vector<Summary>> sums;
        for (Piece const& piece : portion) sums.emplace_back(piece.work->summaries.size());
        std::vector<Work> work;
        for (std::size_t i = 0; i < portion.size(); ++i)
          work.push_back({portion[i].work->batch, portion[i].iterations, sums[i]});
        auto const start = std::chrono::steady_clock::now();
        engine_.own_->run(work);
        portion_takes_ = std::chrono::steady_clock::now() - start;
        std::lock_guard const lock(merging_);
        for (std::size_t i = 0; i < portion.size(); ++i)
          for (std::size_t j = 0; j < sums[i].size(); ++j) portion[i].work->summaries[j].merge(sums[i][j]);
      }
    } catch (...) {
      failure_ = std::current_exception();
      portions_.abandon();
    }
    computed_ = true;
  }

  void exchange() {
    Pause pause;
    for (;;) {
      bool const idle = !take_messages();
      if (!idle) pause.reset();
      for (int rank = 1; rank < engine_.messenger_.size(); ++rank) order_portions(rank);
      if (computed_ && is_answered()) return;
      check_interruption();
      if (!idle) continue;
      if (computed_)
        pause.sleep();
      else
        std::this_thread::sleep_for(while_computing());
    }
  }

  /// Pause between looks for messages while this rank computes. Each look takes the core from its engine for
  /// a moment, and ranks that have another portion to go on with do not wait: some looks per portion are
  /// enough.
  Pause::Duration while_computing() const {
    return std::clamp<Pause::Duration>(portion_takes_.load() / 4, Pause::longest, 10 * Pause::longest);
  }

  bool take_messages() {
    bool any = false;
    while (auto const message = engine_.messenger_.receive()) {
      any = true;
      WireReader reader(message->bytes);
      switch (reader.kind()) {
        case message_kind::ready:
          if (reader.text() != engine_.fingerprint_)
            throw Error(ExitCode::usage, "rank " + std::to_string(message->from) + " has another sweep",
                        "its files or options differ", "give all ranks the same");
          engine_.ready_[static_cast<std::size_t>(message->from)] = true;
          break;
        case message_kind::sums:
          add_answer(*message);
          break;
        case message_kind::failure:
          rethrow_failure(reader, message->from);
        default:
          throw std::runtime_error("a rank sent a message of an unknown kind");
      }
    }
    return any;
  }

  void add_answer(Messenger::Message const& message) {
    std::deque<Portion>& awaited = awaited_[static_cast<std::size_t>(message.from)];
    if (awaited.empty()) return;  // answers a run that failed
    std::lock_guard const lock(merging_);
    add_sums(message.bytes, awaited.front());
    awaited.pop_front();
  }

  void order_portions(int rank) {
    auto const number = static_cast<std::size_t>(rank);
    if (!engine_.ready_[number]) return;
    while (awaited_[number].size() < portions_in_flight) {
      Portion portion = portions_.take();
      if (portion.empty()) return;
      engine_.messenger_.send(rank, portion_message(portion));
      awaited_[number].push_back(std::move(portion));
    }
  }

  bool is_answered() const {
    for (std::deque<Portion> const& portions : awaited_)
      if (!portions.empty()) return false;
    return true;
  }

  /// Throws where the run is to end and a rank has not answered for long: if it was killed, it never will.
  void check_interruption() {
    auto const now = std::chrono::steady_clock::now();
    if (!engine_.interrupted()) return;
    if (!since_) since_ = now;
    if (now - *since_ < engine_.last_patience) return;
    for (std::size_t rank = 1; rank < awaited_.size(); ++rank)
      if (!awaited_[rank].empty())
        throw Error(ExitCode::engine_unavailable, "rank " + std::to_string(rank) + " does not answer",
                    "it, or its machine, has stopped",
                    "run the same command again; with --store it continues where it stopped");
  }

  SharedEngine& engine_;
  PortionQueue portions_;
  std::vector<std::deque<Portion>> awaited_;  ///< [rank], portions ordered and not yet answered
  std::mutex merging_;
  std::exception_ptr failure_;  ///< what this rank's engine threw; read once computed_ is true
  std::atomic<Pause::Duration> portion_takes_{Pause::Duration(0)};  ///< the last one of this rank
  std::atomic<bool> computed_{false};
  std::optional<std::chrono::steady_clock::time_point> since_;  ///< when the run was first asked to end
};

SharedEngine::SharedEngine(std::unique_ptr<Engine> own, Messenger& messenger, std::string fingerprint)
    : own_(std::move(own)),
      messenger_(messenger),
      fingerprint_(std::move(fingerprint)),
      ready_(static_cast<std::size_t>(messenger.size())) {}

void SharedEngine::run(std::span<Work const> work) {
  double const draws = draws_of(work);
  if (can_be_shared(work) && draws * seconds_per_draw_ >= short_work) return Sharing(*this, work).run();
  auto const start = std::chrono::steady_clock::now();
  own_->run(work);
  if (draws > 0)
    seconds_per_draw_ =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / draws;
}

std::string SharedEngine::device() const {
  return std::to_string(messenger_.size()) + " ranks, of which rank 0: " + own_->device();
}

}  // namespace dsgd
