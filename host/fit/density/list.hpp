/// The laws that are fitted by a search. Exponential and uniform laws have closed forms (closed_models.cpp);
/// constant and two-point laws have no density, and an empirical law is its data.
#pragma once

#include <variant>

#include "fit/density/gamma.hpp"
#include "fit/density/hyperexponential.hpp"
#include "fit/density/log_logistic.hpp"
#include "fit/density/lognormal.hpp"
#include "fit/density/pareto.hpp"
#include "fit/density/weibull.hpp"
