/// How far a command is whose work is no sweep: counted by those who work, told to who watches.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace dsgd {

/// What is known of the work at some moment.
struct WorkDone {
  std::string text;             ///< "2/12 races, 4096/10000 replications"
  std::optional<double> share;  ///< of the stage that the text names, in [0, 1]; absent where nobody can tell
  double seconds = 0;           ///< since the work began
  double stage_seconds = 0;     ///< since the stage began
  bool is_last = false;
};

/// Counts parts of a stage, and steps of the part under way. Copies count together; all functions may be called
/// from any thread, and change no result. Without someone who watches they do nothing.
class WorkMeter {
 public:
  using Tell = std::function<void(WorkDone const&)>;

  WorkMeter() = default;

  /// @param tell  called after every change, by one thread at a time
  explicit WorkMeter(Tell tell);

  /// What all stages from now on belong to, such as "law 2/3"; may be empty.
  void name(std::string const& whole) const;

  /// Begins a stage of `all` parts that take about as long each. @param parts  in the plural: "races"
  void begin(std::string const& parts, std::uint64_t all) const;

  /// The same where parts differ so much that their number tells no share of the work.
  void begin_unlike(std::string const& parts, std::uint64_t all) const;

  /// Begins to count the steps of a part. @param all  of them; 0 where nobody knows
  void begin_steps(std::string const& steps, std::uint64_t all) const;

  void step(std::uint64_t count = 1) const;

  /// One more part is done; its steps are forgotten.
  void end_part() const;

  /// Tells a last time, and lets go of who watched.
  void end() const;

 private:
  struct State;

  std::shared_ptr<State> state_;
};

/// Counts a part as done wherever the work on it ends.
class PartDone {
 public:
  explicit PartDone(WorkMeter meter) : meter_(std::move(meter)) {}
  ~PartDone() { meter_.end_part(); }
  PartDone(PartDone const&) = delete;
  PartDone& operator=(PartDone const&) = delete;
  PartDone(PartDone&&) = delete;
  PartDone& operator=(PartDone&&) = delete;

 private:
  WorkMeter meter_;
};

}  // namespace dsgd
