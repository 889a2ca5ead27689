#include "race/lanes.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

/// The most workers of which the slowest and the like are selected.
constexpr std::uint64_t most_selected = 16384;

/// Selects the word of an order statistic in every lane.
class LaneSelection {
 public:
  /// @param place  of the words from the smallest on, 1 = smallest
  LaneSelection(InstructionSet const& set, std::uint32_t workers, std::uint32_t place)
      : set_(&set),
        workers_(workers),
        place_(place),
        kept_(std::min(place, workers - place + 1)),
        words_(std::size_t{workers} * stride),
        order_(std::size_t{kept_} * race_lanes),
        own_(workers),
        selected_(race_lanes) {}

  /// Takes a worker's words. @param words  [4][lanes]
  void take(std::uint32_t worker, std::uint32_t const* words) {
    std::copy(words, words + stride, words_.begin() + std::ptrdiff_t{stride} * worker);
  }

  /// @param number  in [0, 4), of the words that were taken together
  /// @return [lanes]
  std::uint32_t const* select(std::uint64_t number) {
    std::uint32_t const* const words = words_.data() + number * race_lanes;
    if (kept_ <= most_kept) {
      set_->race->select(words, stride, workers_, place_, order_.data(), selected_.data());
      return selected_.data();
    }
    for (std::uint32_t lane = 0; lane < race_lanes; ++lane) {
      for (std::uint32_t worker = 0; worker < workers_; ++worker)
        own_[worker] = words[std::size_t{worker} * stride + lane];
      std::nth_element(own_.begin(), own_.begin() + (place_ - 1), own_.end());
      selected_[lane] = own_[place_ - 1];
    }
    return selected_.data();
  }

 private:
  static constexpr std::uint32_t stride = 4 * race_lanes;

  /// The most steps per word by which words are kept in order; else each lane is selected from by itself.
  static constexpr std::uint32_t most_kept = 16;

  InstructionSet const* set_;
  std::uint32_t workers_, place_, kept_;
  std::vector<std::uint32_t> words_;     ///< [worker][4][lanes]
  std::vector<std::uint32_t> order_;     ///< [kept][lanes]
  std::vector<std::uint32_t> own_;       ///< of one lane
  std::vector<std::uint32_t> selected_;  ///< [lanes]
};

}  // namespace

bool RaceLanes::serves(RaceTask const& task) {
  if (task.groups.size() != 1 || task.point.fleet.replay() || !task.point.model.is_common()) return false;
  if (auto const* const clocks = std::get_if<Clocks>(&task.form))
    return LanesOnClocks::serves(*clocks, task.point.workers());
  bool const is_in_step =
      std::holds_alternative<OrderStatistic>(task.form) || std::holds_alternative<SlowestSum>(task.form);
  return is_in_step && task.point.workers() <= most_selected;
}

RaceLanes::RaceLanes(RaceTask const& task, InstructionSet const& set, StopCheck stop)
    : task_(&task),
      set_(&set),
      stop_(std::move(stop)),
      workers_(static_cast<std::uint32_t>(task.point.workers())),
      trained_(task, set),
      delays_(task, set) {
  DSGD_EXPECTS(serves(task));
  if (std::holds_alternative<Clocks>(task.form)) clocks_.emplace(task, set, trained_, delays_);
}

void RaceLanes::operator()(std::uint64_t first, std::uint32_t count, RaceSummary& summary) {
  DSGD_EXPECTS(1 <= count && count <= race_lanes && (first + count - 1) >> 32 == 0);
  auto const number = static_cast<std::uint32_t>(first);
  trained_.start(number, count, summary);
  delays_.start(number);
  std::visit(
      [this](auto const& form) {
        if constexpr (requires { follow(form); }) follow(form);
      },
      task_->form);
  summary.replications += count;
}

void RaceLanes::follow(OrderStatistic const& statistic) {
  auto const rank = static_cast<std::uint32_t>(statistic.rank);
  LaneSelection selection(*set_, workers_, workers_ - rank + 1);  // the longest delay has the smallest word
  for (std::vector<double>& times = trained_.times();;) {
    std::uint64_t const job = trained_.served();
    if (job % 4 == 0)
      for (std::uint32_t worker = 0; worker < workers_; ++worker)
        selection.take(worker, delays_.words_of(worker, job));
    float const* const excesses = delays_.excesses_of_words(selection.select(job % 4), job);
    for (std::uint32_t lane = 0; lane < race_lanes; ++lane)
      times[lane] = times[lane] + delays_.time_of(excesses[lane]) + task_->meeting;
    stop_(std::uint64_t{workers_} * race_lanes);
    if (!trained_.measure()) return;
    for (std::uint32_t j = 0; j < task_->directions.size(); ++j) {
      double const slope = task_->directions[j].of_all.slope;
      double const* const models = trained_.models(j);
      double* const sums = trained_.sums(j);
      for (std::uint32_t lane = 0; lane < race_lanes; ++lane) {
        double const one = slope * models[lane];
        double sum = 0;
        for (std::uint64_t i = 0; i < task_->gradients; ++i) sum += one;
        sums[lane] = sum;
      }
    }
    trained_.update();
  }
}

void RaceLanes::follow(SlowestSum const& sum) {
  std::vector<double> slowest(race_lanes), ends(race_lanes);
  for (std::vector<double>& times = trained_.times();;) {
    std::fill(slowest.begin(), slowest.end(), 0.0);
    std::uint64_t const first_job = trained_.served() * sum.steps;
    for (std::uint32_t worker = 0; worker < workers_; ++worker) {
      ends = times;
      float const* excesses = nullptr;
      for (std::uint64_t job = first_job; job < first_job + sum.steps; ++job) {
        if (job == first_job || job % 4 == 0) excesses = delays_.excesses_of(worker, job);
        for (std::uint32_t lane = 0; lane < race_lanes; ++lane)
          ends[lane] += delays_.time_of(excesses[job % 4 * race_lanes + lane]);
      }
      for (std::uint32_t lane = 0; lane < race_lanes; ++lane)
        slowest[lane] = std::max(slowest[lane], ends[lane]);
      stop_(std::uint64_t{sum.steps} * race_lanes);
    }
    for (std::uint32_t lane = 0; lane < race_lanes; ++lane) times[lane] = slowest[lane] + task_->meeting;
    if (!trained_.measure()) return;
    trained_.meet();
  }
}

void RaceLanes::follow(Clocks const&) { clocks_->follow(stop_); }

}  // namespace dsgd
