#include "exact/student_t.hpp"

#include <boost/math/distributions/students_t.hpp>

namespace dsgd {

/// The last answer is remembered: most points of a sweep have the same degrees of freedom, and a quantile takes
/// longer than all else about a point's interval.
double student_t_95(std::uint64_t degrees_of_freedom) {
  thread_local std::uint64_t last = 0;  // is none
  thread_local double bound = 0;
  if (degrees_of_freedom != last) {
    bound = student_t_bound(degrees_of_freedom, 0.05);
    last = degrees_of_freedom;
  }
  return bound;
}

/// Asks for the upper tail: 1 - probability / 2 would round away the digits of small probabilities.
double student_t_bound(std::uint64_t degrees_of_freedom, double probability) {
  boost::math::students_t const distribution(static_cast<double>(degrees_of_freedom));
  return boost::math::quantile(boost::math::complement(distribution, probability / 2));
}

}  // namespace dsgd
