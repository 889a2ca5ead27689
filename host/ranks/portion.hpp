/// Work cut into portions that ranks take in turn, and how portions and their sums travel.
#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsgd/engine/engine.hpp"

namespace dsgd {

/// Some iterations of some work.
struct Piece {
  Work const* work;
  IterationRange iterations;
};

/// Hands out work in portions of falling size: large ones while much is left, small ones in the end, so that
/// all ranks finish at about the same time. Safe to use from several threads.
class PortionQueue {
 public:
  PortionQueue(std::span<Work const> work, int ranks);

  /// The next portion; empty once all were handed out.
  std::vector<Piece> take();

  /// Hands out nothing more.
  void abandon();

 private:
  std::mutex mutex_;
  std::span<Work const> work_;
  double share_;  ///< share of the draws left that a portion takes
  double least_;  ///< draws of the smallest portion
  double draws_left_ = 0;
  std::size_t next_ = 0;          ///< number of the piece of work to hand out next
  std::uint64_t iterations_ = 0;  ///< iterations of that piece that were handed out
};

/// Number of draws of some work.
double draws_of(std::span<Work const> work);

/// A piece as it is told to a rank that knows the points.
struct PieceOrder {
  Stream stream;
  IterationRange iterations;
  std::vector<std::size_t> points;  ///< number of each observable's point
};

/// The message that orders a portion.
/// @pre each batch names its points (SharedEngine does not share other work)
std::string portion_message(std::span<Piece const> portion);

/// The pieces that such a message orders. @throws std::runtime_error
std::vector<PieceOrder> parse_portion(std::string_view message);

/// The message that answers the order of a portion: the sums of each observable of each piece.
std::string sums_message(std::span<std::vector<Summary> const> sums);

/// Adds the sums that an answer holds to the summaries of the portion's work. @throws std::runtime_error
void add_sums(std::string_view message, std::span<Piece const> portion);

}  // namespace dsgd
