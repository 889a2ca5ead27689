#include "race/lanes.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>
#include <variant>

#include "dsgd/expects.hpp"
#include "engines/cpu/delays.hpp"

namespace dsgd {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// The most workers whose next arrival is looked for one by one: a heap finds it sooner among more.
constexpr std::uint64_t most_followed = 256;

/// The most workers of which the slowest and the like are selected.
constexpr std::uint64_t most_selected = 16384;

/// The most steps per word by which words are kept in order; else each lane is selected from by itself.
constexpr std::uint64_t most_kept = 16;

/// Words of the requests that are fulfilled at once.
constexpr std::uint32_t requests_at_once = 64;

/// Cost of an arrival in steps of StopCheck.
constexpr std::uint64_t steps_of_an_arrival = 16;

}  // namespace

bool RaceLanes::serves(RaceTask const& task) {
  if (task.groups.size() != 1 || task.point.fleet.replay() || !task.point.model.is_common()) return false;
  if (auto const* const clocks = std::get_if<Clocks>(&task.form))
    return next_job(clocks->rule) && task.point.workers() <= most_followed && clocks->gradients <= 4096;
  bool const is_in_step =
      std::holds_alternative<OrderStatistic>(task.form) || std::holds_alternative<SlowestSum>(task.form);
  return is_in_step && task.point.workers() <= most_selected;
}

RaceLanes::RaceLanes(RaceTask const& task, InstructionSet const& set, StopCheck stop)
    : task_(&task),
      set_(&set),
      stop_(std::move(stop)),
      job_plan_(plan_philox(task.jobs, 0)),
      noise_plan_(plan_philox(noise_stream(task.jobs.seed), 0)),
      workers_(static_cast<std::uint32_t>(task.point.workers())),
      directions_(static_cast<std::uint32_t>(task.point.model.curvatures.size())),
      law_(task.groups.front().law),
      origin_(task.groups.front().origin),
      next_time_(lanes),
      due_(lanes),
      times_(lanes),
      models_(std::size_t{directions_} * lanes),
      sums_(std::size_t{directions_} * lanes),
      normals_(std::size_t{directions_} * 4 * lanes),
      staleness_(lanes),
      has_reached_(lanes),
      arrived_(lanes),
      pending_(lanes),
      blocks_(lanes),
      numbers_(lanes),
      replications_(lanes),
      words_(std::size_t{4} * lanes),
      scratch_(std::size_t{4} * lanes + max_granule),
      selected_(lanes),
      excesses_(std::size_t{4} * lanes + max_granule) {
  DSGD_EXPECTS(serves(task));
  auto const* const clocks = std::get_if<Clocks>(&task.form);
  if (clocks == nullptr) return;
  std::size_t const slots = std::size_t{workers_} * lanes;
  ends_.resize(slots);
  delays_.resize(slots * jobs_ahead);
  taken_.resize(slots * directions_);
  jobs_.resize(slots);
  versions_.resize(slots);
  waiting_.resize(clocks->gradients * lanes);
}

void RaceLanes::operator()(std::uint64_t first, std::uint32_t count, RaceSummary& summary) {
  DSGD_EXPECTS(1 <= count && count <= lanes && (first + lanes) >> 32 <= 1);
  summary_ = &summary;
  start(first, count);
  std::visit(
      [this](auto const& form) {
        if constexpr (requires { follow(form); }) follow(form);
      },
      task_->form);
  summary.replications += count;
}

void RaceLanes::start(std::uint64_t first, std::uint32_t count) {
  first_ = static_cast<std::uint32_t>(first);
  active_ = count;
  served_ = 0;
  next_update_ = 0;
  std::vector<double> const& times = task_->measures.times;
  unfinished_ = times.empty() ? 0 : active_;
  for (std::uint32_t lane = 0; lane < lanes; ++lane)
    due_[lane] = lane < active_ && !times.empty() ? times.front() : never;
  std::fill(next_time_.begin(), next_time_.end(), 0);
  std::fill(times_.begin(), times_.end(), 0.0);
  std::fill(models_.begin(), models_.end(), task_->point.model.start);
  std::fill(sums_.begin(), sums_.end(), 0.0);
  std::fill(staleness_.begin(), staleness_.end(), 0);
  std::fill(pending_.begin(), pending_.end(), 0);
  std::fill(has_reached_.begin(), has_reached_.end(), std::uint8_t{0});
  look_for_target();
}

double RaceLanes::error(std::uint32_t lane) const {
  double error = 0;
  for (std::uint32_t j = 0; j < directions_; ++j) {
    double const w = models_[j * lanes + lane];
    error += task_->point.model.curvatures[j] * 0.5 * (w * w);
  }
  return error;
}

void RaceLanes::measure_lane(std::uint32_t lane, RaceCheckpoint& at) const {
  std::uint64_t const at_once = updates_at_once(task_->form);
  std::uint64_t const gradients =
      std::holds_alternative<SlowestSum>(task_->form) ? at_once * workers_ : task_->gradients;
  at.add(to_quanta(error(lane), task_->error_exponent),
         {served_ * at_once, served_ * gradients, staleness_[lane]});
}

/// Measures what is to be measured before the next update, which comes at times_.
/// @return false where nothing is left to measure
bool RaceLanes::measure(RaceSummary& summary) {
  RaceMeasures const& measures = task_->measures;
  bool is_due = false;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) is_due |= times_[lane] > due_[lane];
  if (is_due)
    for (std::uint32_t lane = 0; lane < active_; ++lane)
      while (times_[lane] > due_[lane]) {
        measure_lane(lane, summary.at_times[next_time_[lane]]);
        bool const is_last = ++next_time_[lane] == measures.times.size();
        due_[lane] = is_last ? never : measures.times[next_time_[lane]];
        unfinished_ -= is_last;
      }
  std::uint64_t const next = (served_ + 1) * updates_at_once(task_->form);
  for (; next_update_ < measures.updates.size() && measures.updates[next_update_] < next; ++next_update_)
    for (std::uint32_t lane = 0; lane < active_; ++lane)
      measure_lane(lane, summary.after_updates[next_update_]);
  return unfinished_ > 0 || next_update_ < measures.updates.size();
}

/// Draws the noise of four updates.
void RaceLanes::draw_noise() {
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    blocks_[lane] = static_cast<std::uint32_t>(served_ / 4);
    replications_[lane] = first_ + lane;
  }
  for (std::uint32_t j = 0; j < directions_; ++j) {
    std::fill(numbers_.begin(), numbers_.end(), j);
    set_->clocks.draw_jobs(noise_plan_, noise_stream(task_->jobs.seed).id, blocks_.data(), numbers_.data(),
                           replications_.data(), lanes, words_.data());
    set_->race->normals(words_.data(), 4 * lanes, normals_.data() + std::size_t{j} * 4 * lanes);
  }
}

void RaceLanes::apply_sums() {
  if (served_ % 4 == 0) draw_noise();
  for (std::uint32_t j = 0; j < directions_; ++j)
    set_->race->update(models_.data() + std::size_t{j} * lanes, sums_.data() + std::size_t{j} * lanes,
                       task_->average, task_->noise,
                       normals_.data() + (std::size_t{j} * 4 + served_ % 4) * lanes);
  finish_update();
}

void RaceLanes::finish_update() {
  ++served_;
  look_for_target();
}

void RaceLanes::look_for_target() {
  if (!task_->measures.target) return;
  double const target = *task_->measures.target, last = task_->measures.times.back();
  for (std::uint32_t lane = 0; lane < active_; ++lane) {
    if (has_reached_[lane] != 0 || times_[lane] > last || !(error(lane) <= target)) continue;
    has_reached_[lane] = 1;
    summary_->first_times.add(times_[lane], task_->time_exponent);
  }
}

/// Draws the block of four jobs of a worker to which a job belongs: words_[n lanes + i] is that of job n of the
/// block in lane i.
void RaceLanes::draw_words(std::uint32_t worker, std::uint64_t job) {
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    blocks_[lane] = static_cast<std::uint32_t>(job / 4);
    numbers_[lane] = worker;
    replications_[lane] = first_ + lane;
  }
  set_->clocks.draw_jobs(job_plan_, task_->jobs.id, blocks_.data(), numbers_.data(), replications_.data(),
                         lanes, words_.data());
}

/// excesses_[i] = excess of words[i], which was drawn for the block and replication i mod lanes.
void RaceLanes::find_delays(std::uint32_t const* words, std::uint32_t count) {
  find_excesses(*set_, law_, words, nullptr, count, excesses_.data());
  std::uint32_t const tails = set_->words.find_tails(words, count, scratch_.data());
  for (std::uint32_t n = 0; n < tails; ++n) {
    std::uint32_t const i = scratch_[n], drawn = i % lanes;
    std::uint64_t const iteration =
        job_address(replications_[drawn], 0, 4 * std::uint64_t{blocks_[drawn]}).iteration;
    std::uint32_t const t = tail_word(task_->jobs, iteration, words[i]);
    excesses_[i] = std::visit([&](auto const& law) { return law.excess(words[i], t); }, law_);
  }
}

void RaceLanes::follow(OrderStatistic const& statistic) {
  auto const rank = static_cast<std::uint32_t>(statistic.rank);
  std::uint32_t const place = workers_ - rank + 1;  // the longest delay has the smallest word
  std::uint32_t const kept = std::min(place, rank), stride = 4 * lanes;
  std::vector<std::uint32_t> drawn(std::size_t{workers_} * stride), order(std::size_t{kept} * lanes);
  std::vector<std::uint32_t> own(workers_);
  bool const is_kept = kept <= most_kept;
  for (;;) {
    if (served_ % 4 == 0)
      for (std::uint32_t worker = 0; worker < workers_; ++worker) {
        draw_words(worker, served_);
        std::copy(words_.begin(), words_.end(), drawn.begin() + std::ptrdiff_t{stride} * worker);
      }
    std::uint32_t const* const words = drawn.data() + served_ % 4 * lanes;
    if (is_kept) {
      set_->race->select(words, stride, workers_, place, order.data(), selected_.data());
    } else {
      for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        for (std::uint32_t worker = 0; worker < workers_; ++worker)
          own[worker] = words[std::size_t{worker} * stride + lane];
        std::nth_element(own.begin(), own.begin() + (place - 1), own.end());
        selected_[lane] = own[place - 1];
      }
    }
    std::fill(blocks_.begin(), blocks_.end(), static_cast<std::uint32_t>(served_ / 4));
    find_delays(selected_.data(), lanes);
    for (std::uint32_t lane = 0; lane < lanes; ++lane)
      times_[lane] =
          times_[lane] + task_->scale * (origin_ + static_cast<double>(excesses_[lane])) + task_->meeting;
    stop_(std::uint64_t{workers_} * lanes);
    if (!measure(*summary_)) return;
    std::uint64_t const gradients = task_->gradients;
    for (std::uint32_t j = 0; j < directions_; ++j) {
      double const slope = task_->directions[j].of_all.slope;
      for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        double const one = slope * models_[j * lanes + lane];
        double sum = 0;
        for (std::uint64_t i = 0; i < gradients; ++i) sum += one;
        sums_[j * lanes + lane] = sum;
      }
    }
    apply_sums();
  }
}

void RaceLanes::follow(SlowestSum const& sum) {
  std::vector<double> slowest(lanes), ends(lanes);
  for (;;) {
    std::fill(slowest.begin(), slowest.end(), 0.0);
    std::uint64_t const first_job = served_ * sum.steps;
    for (std::uint32_t worker = 0; worker < workers_; ++worker) {
      ends = times_;
      for (std::uint64_t job = first_job; job < first_job + sum.steps; ++job) {
        if (job == first_job || job % 4 == 0) {
          draw_words(worker, job);
          find_delays(words_.data(), 4 * lanes);
        }
        float const* const excesses = excesses_.data() + job % 4 * lanes;
        for (std::uint32_t lane = 0; lane < lanes; ++lane)
          ends[lane] = ends[lane] + task_->scale * (origin_ + static_cast<double>(excesses[lane]));
      }
      for (std::uint32_t lane = 0; lane < lanes; ++lane) slowest[lane] = std::max(slowest[lane], ends[lane]);
      stop_(std::uint64_t{sum.steps} * lanes);
    }
    for (std::uint32_t lane = 0; lane < lanes; ++lane) times_[lane] = slowest[lane] + task_->meeting;
    if (!measure(*summary_)) return;
    if (served_ % 4 == 0) draw_noise();
    for (std::uint32_t j = 0; j < directions_; ++j) {
      RaceRound const& round = task_->rounds[j];
      set_->race->meet(models_.data() + std::size_t{j} * lanes, round.factor, round.offset, round.noise,
                       normals_.data() + (std::size_t{j} * 4 + served_ % 4) * lanes);
    }
    finish_update();
  }
}

void RaceLanes::take_models(std::uint32_t slot, std::uint32_t lane) {
  std::size_t const slots = std::size_t{workers_} * lanes;
  for (std::uint32_t j = 0; j < directions_; ++j) taken_[j * slots + slot] = models_[j * lanes + lane];
  versions_[slot] = static_cast<std::uint32_t>(served_);
}

/// Begins the next job of a worker, with the model as it is.
void RaceLanes::begin(std::uint32_t slot, double time) {
  std::uint32_t const job = jobs_[slot]++;
  ends_[slot] = time + delays_[std::size_t{slot} * jobs_ahead + job % jobs_ahead];
  take_models(slot, slot % lanes);
  if (job % 4 == 3) requests_.push_back(std::uint64_t{job / 4 + 2} << 32 | slot);
}

void RaceLanes::begin_all() {
  for (std::uint32_t slot = 0; slot < workers_ * lanes; ++slot) begin(slot, times_[slot % lanes]);
}

void RaceLanes::fulfil_requests() {
  for (std::size_t i = 0; i < requests_.size(); i += requests_at_once)
    fulfil({requests_.data() + i, std::min<std::size_t>(requests_.size() - i, requests_at_once)});
  requests_.clear();
}

void RaceLanes::fulfil(std::span<std::uint64_t const> requests) {
  static_assert(requests_at_once == lanes, "find_delays() takes the replication of word i from i mod lanes");
  auto const count = static_cast<std::uint32_t>(requests.size());
  for (std::uint32_t r = 0; r < lanes; ++r) {
    std::uint64_t const request = requests[std::min(r, count - 1)];
    auto const slot = static_cast<std::uint32_t>(request);
    blocks_[r] = static_cast<std::uint32_t>(request >> 32);
    numbers_[r] = slot / lanes;
    replications_[r] = first_ + slot % lanes;
  }
  set_->clocks.draw_jobs(job_plan_, task_->jobs.id, blocks_.data(), numbers_.data(), replications_.data(),
                         lanes, words_.data());
  find_delays(words_.data(), 4 * lanes);
  for (std::uint32_t r = 0; r < count; ++r) {
    double* const delays =
        delays_.data() + (requests[r] & 0xffffffff) * jobs_ahead + std::size_t{blocks_[r] % 2} * 4;
    for (std::uint32_t job = 0; job < 4; ++job)
      delays[job] = task_->scale * (origin_ + static_cast<double>(excesses_[job * lanes + r]));
  }
}

void RaceLanes::follow(Clocks const& clocks) {
  NextJob const rule = *next_job(clocks.rule);
  std::size_t const slots = std::size_t{workers_} * lanes;
  requests_.clear();
  for (std::uint64_t const block : {0u, 1u})
    for (std::uint32_t slot = 0; slot < slots; ++slot) requests_.push_back(block << 32 | slot);
  fulfil_requests();
  std::fill(jobs_.begin(), jobs_.end(), 0);
  begin_all();
  // A worker that has begun the last job of a block needs the one after the next only four jobs later. An
  // arrival lets it begin once, and once more where an update begins all anew.
  int const arrivals_at_once = begins_all(rule) ? 2 : 4;
  std::uint64_t arrivals = 0;  // since the last update
  for (int since_requests = 0;;) {
    set_->race->find_arrivals(ends_.data(), workers_, times_.data(), arrived_.data());
    bool const is_update = ++arrivals == clocks.gradients;
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
      std::uint32_t const slot = arrived_[lane] * lanes + lane;
      for (std::uint32_t j = 0; j < directions_; ++j)
        sums_[j * lanes + lane] += task_->directions[j].of_all.slope * taken_[j * slots + slot];
      pending_[lane] += served_ - versions_[slot];
    }
    if (is_update) {
      arrivals = 0;
      for (std::uint32_t lane = 0; lane < lanes; ++lane) times_[lane] += task_->meeting;
      if (!measure(*summary_)) return;
      for (std::uint32_t lane = 0; lane < lanes; ++lane) staleness_[lane] += std::exchange(pending_[lane], 0);
      apply_sums();
    }
    if (waits(rule)) {
      std::uint32_t* const row =
          waiting_.data() + ((is_update ? clocks.gradients : arrivals) - 1) * std::size_t{lanes};
      for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        row[lane] = arrived_[lane] * lanes + lane;
        ends_[row[lane]] = never;
      }
      if (is_update)
        for (std::size_t i = 0; i < clocks.gradients * lanes; ++i) begin(waiting_[i], times_[i % lanes]);
    } else if (is_update && begins_all(rule)) {
      begin_all();
    } else {
      for (std::uint32_t lane = 0; lane < lanes; ++lane) begin(arrived_[lane] * lanes + lane, times_[lane]);
    }
    stop_(lanes * steps_of_an_arrival);
    if (++since_requests == arrivals_at_once) {
      fulfil_requests();
      since_requests = 0;
    }
  }
}

}  // namespace dsgd
