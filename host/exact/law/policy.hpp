#pragma once

#include <boost/math/policies/policy.hpp>

namespace dsgd::exact {

/// Asks Boost for double precision throughout, and for IEEE's answers instead of exceptions at the ends of
/// the range: long double inside would make quantiles three times slower and no more exact after rounding.
using Policy = boost::math::policies::policy<
    boost::math::policies::promote_double<false>,
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::pole_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;

}  // namespace dsgd::exact
