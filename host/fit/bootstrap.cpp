#include "fit/bootstrap.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "dsgd/draw/address.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/law/excess.hpp"

namespace dsgd::fit {
namespace {

/// -log u for the draw with word k and tail word t, u the probability of a longer delay.
double hazard_of(std::uint32_t k, std::uint32_t t) {
  std::uint64_t const bits = survival_bits(k, t);
  if (k < 1u << 31) return -std::log(std::ldexp(static_cast<double>(bits) + 0.5, -64));
  return -std::log1p(-std::ldexp(static_cast<double>(~bits) + 0.5, -64));
}

}  // namespace

/// A value that would be rounded to 0 is kept at the resolution where the sample has no 0, as many laws give
/// it no density.
Sample draw_sample(FittedTails const& law, Sample const& like, Stream stream, std::uint64_t iteration) {
  double const unit = like.resolution;
  double const floor = like.smallest() > 0 ? unit : 0;
  std::vector<double> values(like.values.size());
  PhiloxBlock block{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % 4 == 0) block = word_block(stream, iteration, static_cast<std::uint32_t>(i / 4));
    std::uint32_t const k = block.word[i % 4];
    double const value = law.at_hazard(hazard_of(k, tail_word(stream, iteration, k)));
    values[i] = unit > 0 ? std::max(floor, std::round(value / unit) * unit) : value;
  }
  if (std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); }))
    values.front() +=
        unit > 0 ? unit : values.front();  // of two or three coarse values: a fit needs a difference
  return make_sample(std::move(values), unit);
}

PValues bootstrap(Model const& model, Sample const& sample, Fitted const& fitted,
                  BootstrapOptions const& options) {
  DSGD_EXPECTS(options.replicates >= 1 && options.threads >= 1);
  FittedTails const law(fitted);
  Distances const measured = distances(sample, law);
  std::atomic<std::uint32_t> as_far_ks{1}, as_far_ad{1};
  for_each_index(options.replicates, options.threads, options.stop, [&](std::uint32_t i) {
    Sample const drawn = draw_sample(law, sample, {options.seed, options.stream}, i);
    auto const refitted = model.fit(drawn, &fitted);
    options.meter.step();
    if (!refitted) {  // nothing is known of it: it must not make a law look worse
      ++as_far_ks;
      ++as_far_ad;
      return;
    }
    Distances const simulated = distances(drawn, FittedTails(*refitted));
    if (simulated.kolmogorov_smirnov >= measured.kolmogorov_smirnov) ++as_far_ks;
    if (simulated.anderson_darling >= measured.anderson_darling) ++as_far_ad;
  });
  double const all = options.replicates + 1.0;
  return {as_far_ks / all, as_far_ad / all};
}

}  // namespace dsgd::fit
