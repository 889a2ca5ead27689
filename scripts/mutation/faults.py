"""The faults that scripts/mutate plants: one a line or two, each with the test files that must notice it.

A fault is (file, exact text, replacement, what is wrong then, test files under tests/unit). The text occurs once in its file, which
tests/scripts/mutate_test.py checks, so that a change to the sources cannot turn a fault into nothing."""

from typing import NamedTuple


class Fault(NamedTuple):
    file: str
    text: str
    replacement: str
    what: str
    tests: tuple[str, ...]


SUMMARY, HISTOGRAM, TICK, DRAW = "dsgd/summary/summary_test.cpp", "dsgd/summary/histogram_test.cpp", "dsgd/arithmetic/tick_test.cpp", "dsgd/draw/address_test.cpp"
PHILOX, WIDE, BLOCKS = "dsgd/draw/philox_test.cpp", "dsgd/arithmetic/wide_unsigned_test.cpp", "dsgd/engine/block_queue_test.cpp"
LAW, STRATEGY, SWEEP = "dsgd/law/exponential_test.cpp", "dsgd/strategy/list_test.cpp", "dsgd/sweep_test.cpp"
EQUALITY, RUNNER, ESTIMATE = "host/engines/equality_test.cpp", "host/run/runner_test.cpp", "host/statistics/estimate_test.cpp"
SLICES, QUANTILES = "host/run/runner_slices_test.cpp", "host/statistics/estimate_quantiles_test.cpp"
IDENTITIES, EXACT, QUANTILE = "host/identities_test.cpp", "host/exact/point_test.cpp", "host/statistics/quantile_test.cpp"
BYTES, FILE, PORTION = "host/bytes/summary_bytes_test.cpp", "host/bytes/file_test.cpp", "host/ranks/portion_test.cpp"
SHARED, NUMBER, TRACE = "host/ranks/shared_engine_test.cpp", "host/text/number_test.cpp", "host/spec/trace_test.cpp"
CLOCKS, WORKERS, PRECISION = "host/engines/definition/clock_replication_test.cpp", "host/request/worker_list_test.cpp", "host/plan/precision_test.cpp"
DECISION, SHARD, STORE = "host/run/stopping_rule_test.cpp", "host/run/shard_test.cpp", "host/store/store_test.cpp"
FIGURES, PROGRESS = "host/plan/bench_figures_test.cpp", "host/run/progress_test.cpp"
QUANTUM, RESOLUTION = "dsgd/quantum/range_test.cpp", "host/statistics/resolution_test.cpp"
CPU_CLOCKS, PLAN_OF_CLOCKS, JOBS = "host/engines/cpu/clocks_test.cpp", "dsgd/clock/plan_test.cpp", "dsgd/clock/longest_jobs_test.cpp"
FLEET_QUANTUM = "dsgd/quantum/fleet_test.cpp"
FIT_SAMPLE, FIT_TABLE, FIT_MODEL = "host/fit/sample_test.cpp", "host/fit/description_test.cpp", "host/fit/model_test.cpp"
CELL, ROWS, COLUMN = "host/table/cell_test.cpp", "host/table/rows_test.cpp", "host/table/column_test.cpp"
READ = "host/table/read_test.cpp"
BOUNDED = "host/exact/bounded_staleness_test.cpp"
SCALAR, SERVER, SLOWED = "host/engines/definition/scalar_test.cpp", "host/exact/server_test.cpp", "host/exact/slowed_test.cpp"
DEADLINE, COPIES = "host/exact/deadline_test.cpp", "host/exact/copies_test.cpp"
MEANS, RECOMMEND = "host/recommend/means_test.cpp", "host/recommend/recommend_test.cpp"
RECOMMENDED_RACES = "host/recommend/races_test.cpp"

RACE, RACE_ENGINE, RACE_RATES = "host/race/definition_test.cpp", "host/race/engine_test.cpp", "host/race/estimate_test.cpp"
RACE_CLOCKS, RACE_ROUNDS, RACE_NOISE = "host/race/clocks_test.cpp", "host/race/rounds_test.cpp", "dsgd/race/noise_test.cpp"
STALENESS_BOUND = "host/engines/definition/staleness_bound_test.cpp"
RACE_UPDATES, RACE_TIMES = "host/exact/race/updates_test.cpp", "host/exact/race/times_test.cpp"

MODEL = "include/dsgd/"

FAULTS = [
    # sums
    Fault(MODEL + "summary/summary.hpp", "squared_ticks += uint128{tick} * tick;", "squared_ticks += uint128{tick * tick};",
          "squares lose their upper word", (SUMMARY,)),
    Fault(MODEL + "summary/summary.hpp", "    ticks += tick;", "    ticks += static_cast<std::uint64_t>(static_cast<float>(tick));",
          "a float sum for an integer sum", (SUMMARY,)),
    Fault(MODEL + "summary/summary.hpp", "if (time < minimum) minimum = time;", "if (time > minimum) minimum = time;",
          "max for min", (SUMMARY,)),
    Fault(MODEL + "summary/summary.hpp", "if (other.maximum > maximum) maximum", "if (other.maximum < maximum) maximum",
          "min for max in merge", (SUMMARY,)),
    Fault(MODEL + "summary/summary.hpp", "    iterations += other.iterations;", "    iterations += other.iterations + 1;",
          "off by one in merge", (SUMMARY,)),
    Fault(MODEL + "summary/summary.hpp", "    histogram.merge(other.histogram);\n", "", "merge forgets histograms", (SUMMARY,)),
    Fault(MODEL + "summary/summary.hpp", "    squared_windows += other.squared_windows;\n", "", "merge forgets windows", (RUNNER, SHARED)),
    Fault(MODEL + "summary/histogram.hpp", "+= count;\n  }", "+= 1;\n  }", "a bin counts once for many", (HISTOGRAM, BYTES)),
    Fault(MODEL + "summary/histogram.hpp", "i < bins_per_octave; ++i) mine[i] += theirs[i];", "i + 1 < bins_per_octave; ++i) mine[i] += theirs[i];",
          "merge drops an octave's last bin", (HISTOGRAM,)),
    Fault(MODEL + "summary/histogram.hpp", "std::bit_cast<std::uint32_t>(value) >> 15", "std::bit_cast<std::uint32_t>(value) >> 16",
          "bins twice as wide", (HISTOGRAM, QUANTILE)),
    Fault(MODEL + "arithmetic/tick.hpp", "(significand + half - 1 + odd) >> -shift", "(significand + half) >> -shift",
          "ties rounded up, not to even", (TICK,)),
    Fault(MODEL + "arithmetic/tick.hpp", "- 150 - quantum_exponent", "- 149 - quantum_exponent", "ticks doubled", (TICK,)),
    Fault(MODEL + "arithmetic/tick.hpp", "shift <= 38 ? significand << shift : max_ticks", "significand << shift",
          "the longest delays lose their upper bits", (TICK,)),
    Fault(MODEL + "quantum/range.hpp", "return rare_nats / j + choices;", "return rare_nats + choices;",
          "a quantum for the longest delay, whatever the rank", (QUANTUM, RESOLUTION)),
    Fault(MODEL + "quantum/point.hpp", "if (statistic != nullptr) return rank_range(", "if (statistic != nullptr && drawn.equal()) return rank_range(",
          "a fleet in the quantum of its heaviest tail", (RESOLUTION,)),
    Fault("host/engines/cpu/clocks.cpp", "(first_key | worker) - state_.head_start +", "(first_key | worker) +",
          "the first update of a replication counts its origin", (CPU_CLOCKS,)),
    Fault(MODEL + "clock/longest_jobs.hpp", "job_share_left_out = 0x1p-12", "job_share_left_out = 0x1p-2",
          "a warm-up shorter than the jobs that matter", (JOBS,)),
    Fault(MODEL + "clock/rule/workers.hpp", "return workers / gradients;", "return workers;", "windows of k-async cut a round", (PLAN_OF_CLOCKS,)),
    Fault(MODEL + "quantum/fleet.hpp", "double bound = -theta * count;", "double bound = 0;", "no bound of what is rare", (FLEET_QUANTUM,)),
    Fault(MODEL + "quantum/point.hpp", "{std::min(range.typical, other.typical), std::max(range.rare, other.rare)}", "{other.typical, other.rare}",
          "a fleet on clocks in the quantum of its last group", (RESOLUTION,)),
    Fault("host/run/runner.cpp", "draws - slice.draws < per_unit) break;", "slice.draws >= draws) break;", "a slice's remainder is one unit of the next group", (SLICES,)),
    Fault("host/statistics/estimate.cpp", "TimeScale const runtime = histogram_scale(planned);", "TimeScale const runtime = time;",
          "quantiles lack the origin of their bins", (QUANTILES,)),
    # draws
    Fault(MODEL + "draw/address.hpp", ".word[index % 4]", ".word[0]", "one word of a block serves four workers", (DRAW,)),
    Fault(MODEL + "draw/address.hpp", "static_cast<std::uint32_t>(index / 4)", "static_cast<std::uint32_t>(index / 4 % 2)",
          "a reused counter", (DRAW,)),
    Fault(MODEL + "draw/address.hpp", "static_cast<std::uint32_t>(iteration >> 32),", "0,", "iterations repeat after 2^32", (DRAW,)),
    Fault(MODEL + "draw/address.hpp", "if (!needs_tail(k)) return 0;", "return 0;", "lost tail words", (DRAW, EQUALITY)),
    Fault(MODEL + "draw/address.hpp", ".word[upper_end]", ".word[0]", "both ends share a tail word", (DRAW,)),
    Fault(MODEL + "draw/philox.hpp", "round < 10", "round < 9", "a round too few", (PHILOX,)),
    Fault(MODEL + "draw/philox.hpp", "0xBB67AE85u", "0xBB67AE84u", "a wrong key schedule", (PHILOX,)),
    Fault(MODEL + "sweep.hpp", "return {sweep.seed, common ? 0 : static_cast<std::uint32_t>(workers)};", "return {sweep.seed, 0};",
          "independent points share draws", (SWEEP,)),
    # laws, strategies
    Fault(MODEL + "law/exponential.hpp", "double const scale = 1.0 / rate;", "double const scale = rate;", "rate for 1/rate", (LAW, EXACT, IDENTITIES)),
    Fault(MODEL + "law/exponential.hpp", "return std::fma(e, scale_hi, e * scale_lo);", "return e * scale_hi;",
          "the rate rounded to float32", (LAW,)),
    Fault(MODEL + "strategy/sync.hpp", "return OrderStatistic{workers};", "return OrderStatistic{1};", "min for max", (STRATEGY, IDENTITIES)),
    Fault(MODEL + "strategy/backup.hpp", "return workers - spare.of(workers); }", "return workers - spare.of(workers) - 1; }", "m - 1", (STRATEGY, IDENTITIES)),
    Fault(MODEL + "strategy/gradient_coding.hpp", "stragglers.of(workers) + 1)", "stragglers.of(workers))", "one part of the data too few", (STRATEGY, IDENTITIES, EXACT)),
    # blocks, engines
    Fault(MODEL + "engine/block_queue.hpp", "(work[i].iterations.count + length - 1) / length", "work[i].iterations.count / length",
          "the last block is dropped", (BLOCKS,)),
    Fault(MODEL + "engine/block_queue.hpp", "number >= size()", "number > size()", "a block too many", (BLOCKS,)),
    Fault(MODEL + "engine/block_queue.hpp", "std::min(end->length, work.iterations.count - offset)", "end->length",
          "the last block runs past the end", (BLOCKS,)),
    Fault("host/engines/definition/scalar.cpp", "words.begin() + static_cast<std::ptrdiff_t>(rank - 1)", "words.begin() + static_cast<std::ptrdiff_t>(rank)",
          "the next rank", (EQUALITY, IDENTITIES)),
    Fault("host/engines/definition/scalar.cpp", "slowest = std::max(slowest, ticks);", "slowest = std::min(slowest, ticks);", "min for max of sums", ("host/engines/cpu/sums_test.cpp",)),
    Fault("host/engines/cpu/drawn/fleet_ranks.cpp", "    if (found < window.place ||", "    if (found + 1 < window.place ||", "windows that lack a delay",
          ("host/engines/cpu/drawn/fleet_ranks_test.cpp",)),
    Fault("host/engines/cpu/clocks.cpp", "  if (observable.replay) return false;  // its jobs are no draws\n", "", "replayed steps are drawn anew on clocks",
          ("host/engines/equality_test.cpp",)),
    Fault("host/engines/cpu/clock_jobs.cpp", "blocks_[r] == 0 && job == 0,", "job == 0,", "every fourth job forgets whether its worker was slow", (CPU_CLOCKS,)),
    Fault("host/engines/cpu/loops/clocks.hpp", "state.slowest[lane] -= ahead == 1;", "--state.slowest[lane];",
          "whoever arrives counts as one of the slowest", (CPU_CLOCKS,)),
    Fault("host/engines/cpu/drawn/copies.cpp", "(arrived - 1) / 2 + 1, arrived / 2 + 1, arrived", "(arrived + 1) / 2 + 1, arrived / 2 + 1, arrived",
          "the upper median twice where it is the mean of two", ("host/engines/cpu/drawn/copies_test.cpp",)),
    Fault("host/engines/cpu/drawn/fleet_window.cpp", "workers - rank(observable) + 1;", "workers - rank(observable) + 2;", "the rank beside the wanted one",
          ("host/engines/cpu/drawn/fleet_ranks_test.cpp",)),
    Fault("host/engines/cpu/drawn/runtimes.cpp", "  if (to_ticks(std::max(largest, gone_largest), quantum_exponent_) >= max_small_ticks) return false;\n", "",
          "sums are corrected by ticks that are too large for it", ("host/engines/cpu/drawn/runtimes_test.cpp",)),
    Fault("host/engines/cpu/drawn/runtimes.cpp", "  if (gone_largest == summary_.maximum && largest < gone_largest) return false;\n", "",
          "a largest runtime that is gone", ("host/engines/cpu/drawn/runtimes_test.cpp",)),
    Fault("host/engines/cpu/sums.cpp", "quantum_exponent_) >> 31 == 0 &&", "quantum_exponent_) >> 40 == 0 &&",
          "long delays go through conversions of 32 bits", ("host/engines/cpu/sums_test.cpp",)),
    Fault("host/exact/law/log_logistic.cpp", "std::min(1.0, shape - 1)", "1.0", "a sine of nearly pi", ("host/exact/law/list_test.cpp",)),
    Fault("host/engines/definition/clock_replication.cpp", "waiting_.size() < gradients_", "waiting_.size() <= gradients_",
          "an update waits for one gradient too many", (CLOCKS,)),
    Fault("host/engines/definition/clock_replication.cpp", "if (updates_ >= warm_up) count_update", "if (updates_ > warm_up) count_update",
          "the first update after the warm-up is not counted", (CLOCKS,)),
    Fault("host/engines/choose.cpp", "return a->expected_seconds(draws, options) < b", "return a->expected_seconds(draws, options) > b",
          "auto takes the slowest engine", ("host/engines/choose_test.cpp",)),
    # results
    Fault("host/statistics/variance.hpp", "count_minus_1{{n - 1}}", "count_minus_1{{n}}", "variance over N, not N - 1", (ESTIMATE,)),
    Fault("host/statistics/estimate.cpp", "error, parts - 1};", "error, parts};", "a degree of freedom too many", (ESTIMATE,)),
    Fault("host/statistics/estimate.cpp", "(*result.mean - exact->mean) / interval", "(exact->mean - *result.mean) / interval",
          "z of the wrong sign", (ESTIMATE,)),
    Fault("host/statistics/estimate.cpp", "entering / *result.mean;", "*result.mean / entering;", "time per gradient, not gradients per time", (ESTIMATE,)),
    Fault("host/exact/worker_time.cpp", "(cancels ? 0 : others", "(cancels ? others : 0", "what is cancelled enters", ("host/exact/worker_time_test.cpp",)),
    Fault("host/exact/worker_time.cpp", "1 - (1 - p) / p", "1 - 1 / p", "a geometric sum of one term more", ("host/exact/worker_time_test.cpp",)),
    Fault("host/exact/sum_of_fastest.cpp", "of.workers - 1, of.rank,", "of.workers, of.rank,", "a worker waits for himself", ("host/exact/sum_of_fastest_test.cpp",)),
    Fault("host/statistics/quantile.cpp", "total += count;", "total += 1;", "bins of one value", (QUANTILE,)),
    Fault("host/exact/point.cpp", "exact::order_statistic_moments(law, m, statistic->rank)", "exact::order_statistic_moments(law, m, m - statistic->rank + 1)",
          "ranks counted from the other end", (EXACT,)),
    # bytes, files, ranks
    Fault("host/bytes/summary_bytes.cpp", "  function(summary.clocks.staleness);\n", "", "staleness is not kept", (BYTES,)),
    Fault("host/bytes/summary_bytes.cpp", "return right_ && rest_.empty();", "return right_;", "bytes too many are read as a summary", (BYTES,)),
    Fault("host/bytes/summary_bytes.cpp", "bin >= least && ", "", "bins in any order are read", (BYTES,)),
    Fault("host/bytes/file.cpp", "    if (step < 0) fail(path, \"written\", errno);\n    written",
          "    if (step < 0) return;\n    written", "a failed write passes for a good one", (FILE,)),
    Fault("host/bytes/file.cpp", "if (::fsync(file.get()) != 0) fail(path_, \"written\", errno);", "::fsync(file.get());",
          "an ignored fsync error", (FILE,)),
    Fault("host/bytes/file.cpp", "if (!temporary_.empty()) ::unlink(temporary_.c_str());", "", "a failed write leaves a temporary", (FILE,)),
    # stores, shards
    Fault("host/run/stopping_rule.cpp", "interval.half_width() < relative_error", "interval.half_width() > relative_error",
          "points stop while they are not precise", (DECISION,)),
    Fault("host/run/stopping_rule.cpp", "> most_unseen * variance", "> variance", "points stop before the tail was seen", (DECISION,)),
    Fault("host/run/shard.cpp", "* number + offset) / shard.count", "* number + offset + 1) / shard.count", "the first shard leaves out a unit", (SHARD,)),
    Fault("host/store/store.cpp", "    sum_ -= row.checksum;\n", "", "rewritten rows count twice in the sum of checksums", (STORE,)),
    Fault("host/run/runner.cpp", "group.next += slice.work[i].iterations.count;", "group.next += slice.work[i].iterations.count + 1;",
          "a unit is skipped between slices", (RUNNER,)),
    Fault("host/ranks/portion.cpp", "std::min(left, units)", "units", "a portion runs past the end of its work", (PORTION,)),
    Fault("host/ranks/portion.cpp", "writer.add(piece.iterations.first);", "writer.add(piece.iterations.first + 1);", "a rank starts one iteration late", (PORTION, SHARED)),
    Fault("host/ranks/shared_engine.cpp", "    awaited.pop_front();\n", "    if (awaited.size() == 1) awaited.pop_front();\n", "sums of a portion counted for another", (SHARED,)),
    Fault("host/ranks/serve.cpp", "    writer.add(point.iterations);\n", "", "ranks with other iterations pass for the same", (SHARED,)),
    # what users type
    Fault("host/text/number.cpp", "whole->value > high)", "whole->value >= high)", "the largest value is refused", (NUMBER, WORKERS)),
    Fault("host/table/cell.cpp", "!(value >= 0 && value <= max_delay)", "!(value <= max_delay)", "negative delays are taken", (CELL, TRACE)),
    Fault("host/table/cell.cpp", "exponent_of(field) < 0", "exponent_of(field) > 0", "too small for too large", (CELL,)),
    Fault("host/table/rows.cpp", "place_ = Place::quoted;  // the two", "place_ = Place::plain;  // the two", "doubled quotes end a field", (ROWS,)),
    Fault("host/table/rows.cpp", "(c == '\\n' && !last_was_cr_)", "c == '\\n'", "CR LF ends two rows", (ROWS,)),
    Fault("host/table/rows.cpp", "  unquoted_.reserve(row.text.size());\n", "", "fields in quotes refer to memory that moves", (ROWS,)),
    Fault("host/table/column.cpp", "column.first_is_header = !named->in_comment;", "column.first_is_header = false;", "a header is read as values", (COLUMN, TRACE)),
    Fault("host/table/table_reader.hpp", "fields_.size() != fields && !one_more", "fields_.size() < fields",
          "rows longer than the header are read", (READ,)),
    Fault("host/plan/bench_figures_json.cpp", "if (text.size() > max_bench_bytes)", "if (text.empty())", "files of any size are read", (FIGURES,)),
    Fault("host/plan/precision.cpp", "student_t_95(runtimes - 1) * error / exact->mean", "error / exact->mean",
          "a standard error for the interval", (PRECISION,)),
    Fault("host/engines/definition/staleness_bound.cpp", "ended - least_ended_ <= staleness_", "ended - least_ended_ < staleness_",
          "workers wait a job too soon", (STALENESS_BOUND,)),
    Fault("host/exact/bounded_staleness.cpp", "place + 1 < states_[i].size(); ++place) now", "place < states_[i].size(); ++place) now",
          "who waits works", (BOUNDED,)),
    Fault("host/engines/definition/scalar.cpp", "std::max(least, std::min(", "std::min(least, std::max(", "a deadline ends what is waited for", (SCALAR,)),
    Fault("host/engines/definition/scalar.cpp", "other < worker ? other : other + 1", "other", "a copy runs on its own worker", (SCALAR,)),
    Fault("host/exact/deadline.cpp", "x < of.time ? workers(fleet) : of.rank", "x < of.time ? of.rank : workers(fleet)",
          "nobody is waited for before the deadline", (DEADLINE,)),
    Fault("host/exact/copies.cpp", "hazards[g].hazard -= std::log(but_one / others);", "", "unequal workers have no copies", (COPIES,)),
    Fault("host/exact/server.cpp", "(static_cast<double>(m) + load * idle)", "(1 + load * idle)", "workers queue one by one", (SERVER,)),
    Fault("host/exact/slowed.cpp", "x / stragglers.factor", "x * stragglers.factor", "slow workers are quick", (SLOWED,)),
    Fault("host/recommend/means.cpp", "varied_[a][i] - varied_[b][i]", "varied_[a][i]", "intervals count what both have in common", (MEANS,)),
    Fault("host/recommend/other_tables.cpp", "Fleet(drawn.law(), point.workers())", "Fleet(drawn.law(), std::min(point.workers(), drawn.workers()))", "all have the workers of the first", (MEANS,)),
    Fault("host/recommend/judged_by_means.cpp", " && !std::holds_alternative<LocalSgd>(point.strategy)", "", "models that drift are fresh", (RECOMMEND,)),
    Fault("host/recommend/races.cpp", "(b.is_exact ? 0 : b.varied[i])", "0", "intervals of races count what both have in common", (RECOMMENDED_RACES,)),
    Fault("host/recommend/judged_by_races.cpp", " && !is_better_than_sync(*other)", "", "whatever beats sync does so by its tail", (RECOMMEND,)),
    Fault("host/exact/race/updates.cpp", "b * b * (k - 1) / k};", "b * b * k / k};", "pairs of gradients count one too many", (RACE_UPDATES,)),
    Fault("host/exact/race/times.cpp", "boost::math::gamma_p_derivative(j + 1, mean", "boost::math::gamma_p_derivative(j + 2, mean",
          "a tick too many", (RACE_TIMES,)),
    Fault(MODEL + "race/step.hpp", "std::fma(noise, z, model - sum * average)", "std::fma(noise, z, model + sum * average)",
          "steps uphill", (RACE,)),
    Fault(MODEL + "race/noise.hpp", "job_address(replication, direction, update)", "job_address(replication, 0, update)",
          "directions share their noise", (RACE_NOISE,)),
    Fault("host/race/clocks.cpp", "staleness += replication_.served() - versions_[arrival.worker];", "staleness += replication_.served();",
          "models have no age", (RACE_CLOCKS,)),
    Fault("host/race/lanes.cpp", "workers_ - rank + 1);", "rank);", "the fastest for the slowest", (RACE_ENGINE,)),
    Fault("host/race/rounds.cpp", "std::max(until.rank, in_time)", "in_time", "a deadline waits for k and leaves them out", (RACE_ROUNDS,)),
    Fault(MODEL + "clock/plan.hpp", "std::uint64_t{8} << 24", "std::uint64_t{4} << 24", "copies are drawn where states are", (PLAN_OF_CLOCKS,)),
    Fault("host/race/estimate.cpp", "(errors[i - 1] - target) / (errors[i - 1] - errors[i])", "0.5", "targets lie between times", (RACE_RATES,)),
    Fault("host/fit/sample.cpp", "<= tolerance * quotient", "<= 1e-5", "digits of values far from 0 are not seen", (FIT_SAMPLE,)),
    Fault("host/fit/slowest.cpp", "return {saved - mean,", "return {saved,", "choosing the slowest worker promises something", (FIT_TABLE,)),
    Fault("host/fit/model.hpp", "2.0 * free", "1.0 * free", "parameters cost half of Akaike's criterion", (FIT_MODEL,)),
    Fault("host/run/progress.cpp", "(progress.draws - progress.draws_done)", "progress.draws", "the time left counts what is done", (PROGRESS,)),
]

# Faults that the tests may miss, by what is wrong then, with the reason.
SURVIVORS = {
    "an ignored fsync error": "needs a file system that fails; tests/cli/faults_test.py injects it by strace into a whole run",
}
