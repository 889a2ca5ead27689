#include "engines/reference.hpp"

#include <algorithm>
#include <functional>
#include <variant>
#include <vector>

namespace dsgd {
namespace {

/// Runtime of one iteration, as excess over the law's origin. The smallest word is the longest delay.
float runtime(Stream stream, std::uint64_t iteration, Observable const& observable) {
  std::vector<std::uint32_t> words(observable.workers);
  for (std::uint32_t worker = 0; worker < observable.workers; ++worker)
    words[worker] = draw_word(stream, iteration, worker);
  auto const selected = words.begin() + (observable.rank - 1);
  std::nth_element(words.begin(), selected, words.end(), std::greater{});
  std::uint32_t const k = *selected;
  return std::visit([&](auto const& law) { return law.excess(k, tail_word(stream, iteration, k)); },
                    observable.law);
}

class ReferenceEngine final : public Engine {
 public:
  void run(std::span<Work const> work) override {
    for (Work const& piece : work)
      for (std::size_t i = 0; i < piece.summaries.size(); ++i) {
        Observable const& observable = piece.batch->observables[i];
        for (std::uint64_t j = 0; j < piece.iterations.count; ++j)
          piece.summaries[i].add(runtime(piece.batch->stream, piece.iterations.first + j, observable),
                                 observable.quantum_exponent);
      }
  }

  std::string device() const override { return "1 thread"; }
};

}  // namespace

std::unique_ptr<Engine> make_reference_engine() { return std::make_unique<ReferenceEngine>(); }

}  // namespace dsgd
