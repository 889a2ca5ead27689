#pragma once

#include <cstdint>

namespace dsgd::exact {

/// Mean time between updates of workers that never wait but for one server, which takes their updates one after the
/// other, in an exponential time each: 1 / (rate (1 - B)), B the probability of Erlang's loss formula that the server is
/// idle. It depends on the mean of the workers' delays alone.
/// Source: Baskett, Chandy, Muntz, Palacios, "Open, Closed, and Mixed Networks of Queues with Different Classes of
/// Customers", 1975.
/// @param delay  mean, time units, > 0
/// @param rate   of the server, per time unit, > 0
double served_mean(std::uint64_t workers, double delay, double rate);

}  // namespace dsgd::exact
