#include "fit/fit.hpp"

#include <algorithm>
#include <cmath>

#include "dsgd/error.hpp"
#include "exact/point.hpp"
#include "fit/recommend.hpp"
#include "spec/remedy.hpp"
#include "text/nearest_name.hpp"

namespace dsgd::fit {

std::optional<double> mean_under(Fitted const& fitted, Strategy const& strategy, std::uint64_t workers) {
  std::optional<Moments> const moments = exact_runtime({{law_with_shift(fitted), workers}, strategy, 1, {}});
  if (!moments || !std::isfinite(moments->mean)) return std::nullopt;
  return moments->mean;
}

namespace {

std::vector<std::string> law_names(Models const& models) {
  std::vector<std::string> names;
  for (auto const& model : models) names.emplace_back(model->law_name());
  return names;
}

void check_names(Models const& models, std::vector<std::string> const& wanted) {
  std::vector<std::string> const known = law_names(models);
  for (std::string const& name : wanted)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw Error(ExitCode::usage, "--laws '" + name + "' is no law that can be fitted", "it needs a density",
                  did_you_mean(name, known, "see 'dsgd fit --help'"));
}

bool is_wanted(Model const& model, Request const& request) {
  bool const named = request.laws.empty() || std::find(request.laws.begin(), request.laws.end(),
                                                       model.law_name()) != request.laws.end();
  bool const is_alone = model.law_name() == ShiftedExponential::name;  // it has its shift by its name
  return named && (request.with_shift || !model.has_shift() || (is_alone && !request.laws.empty()));
}

/// Why a fit says nothing new, or cannot be drawn from; empty where neither is so.
std::string reason_against(Model const& model, Fitted const& fitted,
                           std::optional<double> const& exponential) {
  if (model.has_shift() && std::get_if<ShiftedExponential>(&fitted.law) == nullptr && fitted.shift == 0)
    return "its best shift is 0";
  constexpr double gain = 0.01;  // of log likelihood, for two parameters more
  if (std::holds_alternative<Hyperexponential>(fitted.law) && exponential &&
      fitted.log_likelihood < *exponential + gain)
    return "its rates fall together: it is exponential";
  return std::visit([](auto const& law) { return problem_of(law); }, fitted.law);
}

void rank(std::vector<RankedLaw>& laws) {
  std::stable_sort(laws.begin(), laws.end(),
                   [](RankedLaw const& a, RankedLaw const& b) { return a.fitted.aic() < b.fitted.aic(); });
  double const best = laws.front().fitted.aic();
  double sum = 0;
  for (RankedLaw& law : laws) {
    law.aic_difference = law.fitted.aic() - best;
    law.weight = std::exp(-law.aic_difference / 2);
    sum += law.weight;
  }
  for (RankedLaw& law : laws) law.weight /= sum;
}

void fit_laws(Request const& request, Sample const& sample, Result& result) {
  Models const models = all_models();
  check_names(models, request.laws);
  std::optional<double> exponential[2];  // log likelihood without and with a shift
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < models.size(); ++i)
    if (is_wanted(*models[i], request)) wanted.push_back(i);
  request.meter.begin("laws", wanted.size());
  for (std::size_t const i : wanted) {
    if (request.stop && request.stop()) throw stopped_error();
    PartDone const part_done(request.meter);
    Model const& model = *models[i];
    request.meter.begin_steps("samples of it", request.replicates);
    std::string const name = std::string(model.law_name()) + (model.has_shift() ? " + shift" : "");
    std::optional<Fitted> fitted = model.fit(sample);
    if (!fitted) {
      result.left_out.push_back({name, model.has_shift()
                                           ? "there is no room for a shift below the smallest value"
                                           : "it has no density at 0, which is among the values"});
      continue;
    }
    if (model.law_name() == Exponential::name) exponential[0] = fitted->log_likelihood;
    if (model.law_name() == ShiftedExponential::name) exponential[1] = fitted->log_likelihood;
    std::string const reason = reason_against(model, *fitted, exponential[model.has_shift()]);
    if (!reason.empty()) {
      result.left_out.push_back({name, reason});
      continue;
    }
    RankedLaw law{*fitted, model.parameters(sample, *fitted),       0,
                  0,       distances(sample, FittedTails(*fitted)), {}};
    if (request.replicates > 0)
      law.p = bootstrap(model, sample, *fitted,
                        {request.replicates, request.seed, static_cast<std::uint32_t>(i), request.threads,
                         request.stop, request.meter});
    result.laws.push_back(std::move(law));
  }
  if (result.laws.empty())
    throw Error(ExitCode::usage, "no law of --laws can be fitted",
                result.left_out.front().law + ": " + result.left_out.front().reason, "name other laws");
  rank(result.laws);
}

void predict(Request const& request, Result& result) {
  std::vector<std::uint64_t> workers = request.workers;
  if (workers.empty() && result.table) workers = {result.table->workers};
  for (Strategy const& strategy : request.strategies)
    for (std::uint64_t const m : workers) {
      Prediction found{strategy, m, std::nullopt, "", "", {}};
      for (RankedLaw const& law : result.laws) {
        if (law.aic_difference > plausible_difference || !fits(strategy, m)) break;
        std::optional<double> const mean = mean_under(law.fitted, strategy, m);
        std::string const name = name_of(law.fitted);
        if (!mean) {
          found.without_mean.push_back(name);
          continue;
        }
        if (!found.range || *mean < found.range->low) found.low_law = name;
        if (!found.range || *mean > found.range->high) found.high_law = name;
        if (!found.range) found.range = {*mean, *mean};
        found.range = {std::min(found.range->low, *mean), std::max(found.range->high, *mean)};
      }
      result.predictions.push_back(std::move(found));
    }
}

}  // namespace

Result fit(Request const& request) {
  MeasuredTimes const times = read_measured_times(request.keys);
  Sample const sample = make_sample(times.values, resolution_of(times.values));
  Result result{};
  result.column = times.columns();
  result.count = times.values.size();
  result.missing = times.missing;
  result.remarks = times.remarks;
  result.smallest = sample.smallest();
  result.largest = sample.largest();
  result.resolution = sample.resolution;
  for (double const value : sample.values) result.mean += value / sample.count();
  double squares = 0;
  for (double const value : sample.values) squares += (value - result.mean) * (value - result.mean);
  result.standard_deviation = std::sqrt(squares / (sample.count() - 1));
  std::optional<Matrix> const& matrix = times.matrix;
  if (matrix)
    result.table = StepsAndWorkers{matrix->steps,
                                   matrix->workers,
                                   matrix->incomplete_steps,
                                   matrix->worker_names,
                                   variance_shares(*matrix),
                                   lag_1_autocorrelation(*matrix),
                                   most_often_slowest(*matrix),
                                   slowest_means(*matrix, request.replicates, request.seed, request.threads,
                                                 request.stop, request.meter),
                                   worker_boxes(*matrix),
                                   {}};
  fit_laws(request, sample, result);
  std::vector<Fitted> plausible;
  for (RankedLaw const& law : result.laws)
    if (law.aic_difference <= plausible_difference) plausible.push_back(law.fitted);
  result.curves = value_curves(sample, plausible);
  if (matrix) result.table->curves = slowest_curves(*matrix, plausible.front());
  predict(request, result);
  recommend(request, times, result);
  return result;
}

}  // namespace dsgd::fit
