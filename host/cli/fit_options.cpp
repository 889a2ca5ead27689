#include "cli/fit_options.hpp"

#include <cstdint>
#include <limits>
#include <string_view>

#include "cli/engine_options.hpp"
#include "dsgd/error.hpp"
#include "request/worker_list.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"
#include "text/split.hpp"

namespace dsgd {
namespace {

bool parse_shift(std::string const& shift) {
  if (shift != "auto" && shift != "0")
    throw Error(ExitCode::usage, "--shift '" + shift + "' is unknown", "a shift is fitted or 0",
                "give auto or 0");
  return shift == "auto";
}

}  // namespace

fit::Request parse_fit_request(FitTexts const& texts) {
  fit::Request request;
  request.keys = texts.keys;
  request.keys.skip = static_cast<std::uint32_t>(
      parse_count(texts.skip, "--skip", 0, std::numeric_limits<std::uint32_t>::max()));
  if (!texts.laws.empty())
    for (std::string_view const name : split(texts.laws, ',')) request.laws.emplace_back(name);
  request.with_shift = parse_shift(texts.shift);
  if (texts.workers) request.workers = parse_workers(*texts.workers);
  if (!texts.strategies.empty()) request.strategies.clear();
  for (std::string const& text : texts.strategies)
    for (Strategy const& strategy : parse_strategies(text)) request.strategies.push_back(strategy);
  request.replicates = static_cast<std::uint32_t>(parse_count(texts.bootstrap, "--bootstrap", 0, 1'000'000));
  request.seed = parse_count(texts.seed, "--seed", 0, ~std::uint64_t{0});
  request.threads = ThreadAndDevice{texts.threads, std::nullopt}.parse().threads;
  check_unit(texts.unit);
  return request;
}

}  // namespace dsgd
