#include "exact/student_t.hpp"

#include <boost/math/distributions/students_t.hpp>

namespace dsgd {

double student_t_95(std::uint64_t degrees_of_freedom) { return student_t_bound(degrees_of_freedom, 0.05); }

/// Asks for the upper tail: 1 - probability / 2 would round away the digits of small probabilities.
double student_t_bound(std::uint64_t degrees_of_freedom, double probability) {
  boost::math::students_t const distribution(static_cast<double>(degrees_of_freedom));
  return boost::math::quantile(boost::math::complement(distribution, probability / 2));
}

}  // namespace dsgd
