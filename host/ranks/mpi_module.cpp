// The one file that knows MPI. It is a module of its own, so that a process that is started alone does not
// load MPI.
#define OMPI_SKIP_MPICXX 1
#include <mpi.h>

#include <cstdlib>
#include <limits>
#include <list>
#include <stdexcept>
#include <utility>

#include "ranks/messenger.hpp"

namespace dsgd {
namespace {

void check(int status, char const* doing) {
  if (status == MPI_SUCCESS) return;
  std::string text(MPI_MAX_ERROR_STRING, '\0');
  int length = 0;
  MPI_Error_string(status, text.data(), &length);
  text.resize(static_cast<std::size_t>(length));
  throw std::runtime_error(std::string("MPI failed at ") + doing + ": " + text);
}

class MpiMessenger final : public Messenger {
 public:
  MpiMessenger() {
    int provided = 0;
    check(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided), "its start");
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }
  MpiMessenger(MpiMessenger const&) = delete;
  MpiMessenger& operator=(MpiMessenger const&) = delete;
  MpiMessenger(MpiMessenger&&) = delete;
  MpiMessenger& operator=(MpiMessenger&&) = delete;
  ~MpiMessenger() override {
    // The analyzer does not follow requests through a list.
    for (Outgoing& message : outgoing_)  // NOLINTNEXTLINE(clang-analyzer-optin.mpi.MPI-Checker)
      MPI_Wait(&message.request, MPI_STATUS_IGNORE);
    MPI_Finalize();
  }

  int rank() const override { return rank_; }
  int size() const override { return size_; }

  void send(int to, std::string bytes) override {
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
      throw std::runtime_error("a message of more than 2 GiB cannot be sent");
    Outgoing& message = outgoing_.emplace_back(Outgoing{std::move(bytes), MPI_REQUEST_NULL});
    // NOLINTNEXTLINE(clang-analyzer-optin.mpi.MPI-Checker): the request is in the list
    check(MPI_Isend(message.bytes.data(), static_cast<int>(message.bytes.size()), MPI_BYTE, to, 0,
                    MPI_COMM_WORLD, &message.request),
          "sending");
  }

  std::optional<Message> receive() override {
    forget_what_was_sent();
    int arrived = 0;
    MPI_Status status;
    check(MPI_Iprobe(MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, &arrived, &status), "looking for messages");
    if (arrived == 0) return std::nullopt;
    int size = 0;
    check(MPI_Get_count(&status, MPI_BYTE, &size), "measuring a message");
    Message message{status.MPI_SOURCE, std::string(static_cast<std::size_t>(size), '\0')};
    check(MPI_Recv(message.bytes.data(), size, MPI_BYTE, message.from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE),
          "receiving");
    return message;
  }

  [[noreturn]] void abort(int exit_code) override {
    MPI_Abort(MPI_COMM_WORLD, exit_code);
    std::_Exit(exit_code);
  }

 private:
  struct Outgoing {
    std::string bytes;  ///< MPI reads them until the request is done
    MPI_Request request;
  };

  void forget_what_was_sent() {
    for (auto message = outgoing_.begin(); message != outgoing_.end();) {
      int done = 0;
      check(MPI_Test(&message->request, &done, MPI_STATUS_IGNORE), "sending");
      message = done != 0 ? outgoing_.erase(message) : std::next(message);
    }
  }

  int rank_ = 0, size_ = 0;
  std::list<Outgoing> outgoing_;
};

}  // namespace
}  // namespace dsgd

extern "C" dsgd::Messenger* dsgd_make_mpi_messenger() { return new dsgd::MpiMessenger; }
