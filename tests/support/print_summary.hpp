/// What a failure shows of summaries and observables: a line, where their bytes would fill pages.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <vector>

#include "dsgd/observable.hpp"
#include "dsgd/summary/summary.hpp"

namespace dsgd {

/// Sums as doubles: equal lines may be of summaries that differ in their last bits, or in their histograms.
inline void PrintTo(Summary const& summary, std::ostream* out) {
  *out << summary.iterations << " iterations, " << static_cast<double>(summary.ticks) << " ticks, from "
       << summary.minimum << " to " << summary.maximum;
  std::size_t bins = 0;
  summary.histogram.for_each([&](auto...) { ++bins; });
  if (bins != 0) *out << ", " << bins << " bins";
  if (summary.clocks.replications != 0)
    *out << ", " << summary.clocks.replications << " replications, " << summary.clocks.gradients
         << " gradients, staleness " << static_cast<double>(summary.clocks.staleness);
}

inline void PrintTo(Observable const& observable, std::ostream* out) {
  *out << observable.workers() << " workers, runtime of form " << observable.runtime.index() << ", law "
       << observable.groups.front().law.index() << ", quantum 2^" << observable.quantum_exponent;
}

/// EXPECT_PRED_FORMAT2(same_summaries, a, b): are they equal? A failure names the first that differs.
inline testing::AssertionResult same_summaries(char const* left_text, char const* right_text,
                                               std::vector<Summary> const& left,
                                               std::vector<Summary> const& right) {
  if (left == right) return testing::AssertionSuccess();
  auto failure = testing::AssertionFailure() << left_text << " is not " << right_text << ": ";
  if (left.size() != right.size()) return failure << left.size() << " summaries, not " << right.size();
  auto const at =
      static_cast<std::size_t>(std::mismatch(left.begin(), left.end(), right.begin()).first - left.begin());
  return failure << "summary " << at << " of " << left.size() << " is\n  " << testing::PrintToString(left[at])
                 << ", not\n  " << testing::PrintToString(right[at]);
}

}  // namespace dsgd
