#include "dsgd/clock/longest_jobs.hpp"

#include <gtest/gtest.h>

#include <variant>

#include "dsgd/law/list.hpp"
#include "dsgd/point.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

JobLengths lengths_of(char const* spec) {
  Law const law = parse_law(spec);
  return std::visit([&](auto const& s) { return job_lengths(s, origin(law)); }, sampler(law));
}

TEST(JobLengths, AreThoseOfTheRareLongJobs) {
  JobLengths const jobs = lengths_of("two-point:low=1:high=1000:probability=0.001");
  EXPECT_EQ(jobs.longest, 1000);
  EXPECT_NEAR(jobs.mean, 1.999, 0.07);  // one cell of 1/8 octave straddles the step: 2^-4 of the long jobs
}

/// One long job in 10^9 takes 2^-12 of the time of 250 workers only.
TEST(JobLengths, LeaveOutWhatTakesNoTime) {
  EXPECT_EQ(lengths_of("two-point:low=1:high=1000:probability=1e-9").longest, 1);
}

TEST(JobLengths, AreOneLengthWithoutSpread) {
  EXPECT_EQ(lengths_of("constant:value=3").longest, 3);
  EXPECT_EQ(lengths_of("constant:value=3").mean, 3);
}

/// E[(X - t)+] is e^-t for the exponential law: 12 log 2 = 8.318, or one cell more. An origin of 1 doubles
/// the mean.
TEST(JobLengths, AreQuantilesOfTheTimeThatIsLeft) {
  EXPECT_NEAR(lengths_of("exponential:rate=1").longest, 8.3 + 0.05, 0.1);
  EXPECT_NEAR(lengths_of("shifted-exponential:shift=1:rate=1").longest, 1 + 8.3 - 0.69 + 0.05, 0.1);
  EXPECT_NEAR(lengths_of("uniform:low=0:high=1").longest, 1 - 0.0156, 0.002);  // (1 - t)^2 / 2 = 2^-13
}

/// README names the limit: measured stalenesses are given from a shape of about 1.7 on.
TEST(JobLengths, OfParetoDelaysFitIntoAWarmUpFromAShapeOf17On) {
  for (bool const fits : {false, true}) {
    JobLengths const jobs = lengths_of(fits ? "pareto:scale=1:shape=1.75" : "pareto:scale=1:shape=1.6");
    EXPECT_EQ(jobs.longest <= max_warm_up_jobs * jobs.mean, fits);
  }
}

TEST(JobLengths, HaveTheVarianceOfTheLaw) {
  EXPECT_NEAR(lengths_of("uniform:low=9:high=10").variance, 1.0 / 12, 0.001);
  EXPECT_NEAR(lengths_of("shifted-exponential:shift=100:rate=1").variance, 1, 0.01);
  EXPECT_EQ(lengths_of("constant:value=3").variance, 0);
}

TEST(JobLengths, OfHeavyTailsAreLongerThanAnyWarmUp) {
  for (char const* const spec :
       {"pareto:scale=1:shape=1.5", "pareto:scale=1:shape=0.9", "lognormal:mu=0:sigma=5"}) {
    JobLengths const jobs = lengths_of(spec);
    EXPECT_GT(jobs.longest, max_warm_up_jobs * jobs.mean) << spec;
  }
}

}  // namespace
}  // namespace dsgd
