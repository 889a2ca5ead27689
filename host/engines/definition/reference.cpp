#include "engines/definition/reference.hpp"

#include "engines/definition/scalar.hpp"

namespace dsgd {
namespace {

class ReferenceEngine final : public Engine {
 public:
  void run(std::span<Work const> work) override {
    StopCheck stop = stop_check();
    for (Work const& piece : work)
      for (std::size_t i = 0; i < piece.summaries.size(); ++i)
        for (std::uint64_t j = 0; j < piece.iterations.count; ++j)
          add_unit(piece.batch->stream, piece.iterations.first + j, piece.batch->observables[i],
                   piece.summaries[i], stop);
  }

  std::string device() const override { return "1 thread"; }
};

}  // namespace

std::unique_ptr<Engine> make_reference_engine() { return std::make_unique<ReferenceEngine>(); }

}  // namespace dsgd
