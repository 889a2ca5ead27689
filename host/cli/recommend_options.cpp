#include "cli/recommend_options.hpp"

#include "cli/engine_options.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"

namespace dsgd {

RecommendRequest parse_recommend_request(RecommendTexts const& texts) {
  RecommendRequest request;
  request.goal = parse_goal(texts.goal);
  request.within = parse_share(texts.within, "--within", 0, 0.99);
  request.replicates = static_cast<std::uint32_t>(parse_count(texts.bootstrap, "--bootstrap", 39, 1'000'000));
  request.threads = ThreadAndDevice{texts.threads, std::nullopt}.parse().threads;
  check_unit(texts.unit);
  request.names_strategies = !texts.what.strategies.empty();
  request.sweep = parse_request(texts.what);
  return request;
}

}  // namespace dsgd
