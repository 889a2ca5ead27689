#include "exact/server.hpp"

#include "dsgd/expects.hpp"

namespace dsgd::exact {

double served_mean(std::uint64_t workers, double delay, double rate) {
  DSGD_EXPECTS(workers >= 1 && delay > 0 && rate > 0);
  double const load = delay * rate;  // jobs that the server does while a worker does one
  double idle = 1;
  for (std::uint64_t m = 1; m <= workers; ++m) idle = load * idle / (static_cast<double>(m) + load * idle);
  return 1 / (rate * (1 - idle));
}

}  // namespace dsgd::exact
