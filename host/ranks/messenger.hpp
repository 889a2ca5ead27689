#pragma once

#include <memory>
#include <optional>
#include <string>

namespace dsgd {

/// Messages between rank 0 and the others of a launch. Messages from one rank to another arrive in order.
/// Only one thread may use it.
class Messenger {
 public:
  struct Message {
    int from;
    std::string bytes;
  };

  virtual ~Messenger() = default;

  virtual int rank() const = 0;
  virtual int size() const = 0;

  /// Sends without waiting for the receiver. @throws std::runtime_error
  virtual void send(int to, std::string bytes) = 0;

  /// A message that has arrived, if there is one. @throws std::runtime_error
  virtual std::optional<Message> receive() = 0;

  /// Ends all processes of the launch, this one included.
  [[noreturn]] virtual void abort(int exit_code) = 0;
};

/// Connects this process with the others of its launch, by the module that is linked with MPI.
/// @throws Error engine_unavailable where that cannot be loaded, or this build has none
std::unique_ptr<Messenger> connect_ranks();

/// Why that module cannot be loaded here; empty where it can.
std::string ranks_problem();

}  // namespace dsgd
