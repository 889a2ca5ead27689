#include "closed_form/student_t.hpp"

#include <boost/math/distributions/students_t.hpp>

namespace dsgd {

double student_t_95(std::uint64_t degrees_of_freedom) {
  boost::math::students_t const distribution(static_cast<double>(degrees_of_freedom));
  return boost::math::quantile(boost::math::complement(distribution, 0.025));
}

}  // namespace dsgd
