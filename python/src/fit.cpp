#include "fit.hpp"

#include "fit/fit_document.hpp"
#include "output/provenance.hpp"

namespace dsgd {

std::string run_fit(FitTexts const& texts, std::vector<std::string> const& argv, Stop const& stop) {
  fit::Request request = parse_fit_request(texts);
  request.stop = stop;
  return fit_json(fit::fit(request), texts.unit, provenance_now(argv));
}

}  // namespace dsgd
