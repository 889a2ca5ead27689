#include "ranks/ranks.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "dsgd/error.hpp"
#include "ranks/protocol.hpp"
#include "ranks/serve.hpp"
#include "ranks/shared_engine.hpp"
#include "ranks/wire.hpp"

namespace dsgd {
namespace {

constexpr auto patience = std::chrono::seconds(30);  ///< for the last word of a rank that is computing

/// Makes this rank silent and deaf to signals: rank 0 speaks for all, and decides when the launch ends.
void be_silent() {
  int const nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nothing >= 0) {
    ::dup2(nothing, STDOUT_FILENO);
    ::dup2(nothing, STDERR_FILENO);
    ::close(nothing);
  }
  for (int const signal : {SIGINT, SIGTERM, SIGUSR1}) std::signal(signal, SIG_IGN);
}

}  // namespace

Ranks::Ranks(std::optional<Launch> const& launch) {
  if (!launch) return;
  if (launch->rank != 0) be_silent();
  std::unique_ptr<Messenger> messenger = connect_ranks();
  if (messenger->size() != launch->size || messenger->rank() != launch->rank)
    throw Error(ExitCode::engine_unavailable,
                "the " + std::to_string(launch->size) + " processes of this launch do not find each other",
                "the launcher uses another MPI than dsgd was built with",
                "use that MPI's mpirun, or srun --mpi=pmix");
  messenger_ = std::move(messenger);
}

std::unique_ptr<Engine> Ranks::share(std::unique_ptr<Engine> own, std::span<PlannedPoint const> points,
                                     std::function<bool()> interrupted) {
  if (messenger_ == nullptr || messenger_->size() == 1) return own;
  auto shared = std::make_unique<SharedEngine>(std::move(own), *messenger_, fingerprint(points));
  shared->interrupted = std::move(interrupted);
  return shared;
}

void Ranks::serve(std::span<PlannedPoint const> points, Engine& engine) {
  end_ = dsgd::serve(points, engine, *messenger_);
}

/// Tells the others the exit code of the launch and awaits their last words.
/// @return the first failure of another rank, if there is one
Outcome Ranks::dismiss_others(int code) {
  WireWriter writer(message_kind::end);
  writer.add(static_cast<std::uint64_t>(code));
  std::string const end = writer.take();
  for (int rank = 1; rank < messenger_->size(); ++rank) messenger_->send(rank, end);

  Outcome first;
  auto heard = std::chrono::steady_clock::now();
  for (int left = messenger_->size() - 1; left > 0;) {
    std::optional<Messenger::Message> const message = messenger_->receive();
    auto const now = std::chrono::steady_clock::now();
    if (!message) {
      // A rank that died says nothing more, and MPI would wait for it for ever.
      if (now - heard > patience) messenger_->abort(code == 0 ? static_cast<int>(ExitCode::internal) : code);
      std::this_thread::sleep_for(std::chrono::microseconds(300));
      continue;
    }
    heard = now;
    WireReader reader(message->bytes);
    char const kind = reader.kind();
    if (kind == message_kind::bye) --left;
    if (kind == message_kind::failure && first.code == 0) {
      first.code = static_cast<int>(reader.number());
      first.message = "rank " + std::to_string(message->from) + ": " + std::string(reader.text());
    }
  }
  return first;
}

int Ranks::end(Outcome const& own, std::function<void(std::string const&)> const& print) {
  if (messenger_ == nullptr) return own.code;
  if (!serving()) {
    Outcome const others = dismiss_others(own.code);
    messenger_.reset();
    if (own.code != 0 || others.code == 0) return own.code;
    print(others.message);
    return others.code;
  }
  if (own.code != 0) {
    WireWriter writer(message_kind::failure);
    writer.add(static_cast<std::uint64_t>(own.code));
    writer.add(own.message);
    messenger_->send(0, writer.take());
  }
  if (!end_) end_ = await_end(*messenger_);
  messenger_->send(0, WireWriter(message_kind::bye).take());
  messenger_.reset();
  return *end_;
}

void Ranks::abort(int code) {
  if (messenger_ != nullptr) messenger_->abort(code);
}

}  // namespace dsgd
