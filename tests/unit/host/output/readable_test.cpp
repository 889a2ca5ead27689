#include "output/readable.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dsgd {
namespace {

TEST(Readable, HasSoManyDigits) {
  EXPECT_EQ(readable(Cell(1.0 / 3), 4, "-"), "0.3333");
  EXPECT_EQ(readable(Cell(std::uint64_t{1234567}), 4, "-"), "1234567");
  EXPECT_EQ(readable(Cell("text"), 4, "-"), "text");
  EXPECT_EQ(readable(Cell(), 4, "-"), "-");
}

TEST(ShortSpec, KeepsTwelveDigitsOfEachHash) {
  std::string const a(64, 'a'), b(64, 'b'), twelve(12, 'a');
  EXPECT_EQ(short_spec("1*x:sha256=" + a + "+1*x:sha256=" + b),
            "1*x:sha256=aaaaaaaaaaaa+1*x:sha256=bbbbbbbbbbbb");
  EXPECT_EQ(short_spec("gamma:shape=2:rate=1"), "gamma:shape=2:rate=1");
}

TEST(WrappedSpec, BreaksBetweenTheLawsOfAFleet) {
  std::string const spec = "15*a:x=1e+19+1*b:file=time+2*c:x=1";
  EXPECT_EQ(wrapped_spec(spec, 80, "  "), spec);
  EXPECT_EQ(wrapped_spec(spec, 14, "  "), "15*a:x=1e+19\n  +1*b:file=time\n  +2*c:x=1");
  EXPECT_EQ(wrapped_spec("gamma:shape=2:rate=1", 5, "  "), "gamma:shape=2:rate=1");
  EXPECT_EQ(wrapped_spec("", 5, "  "), "");
}

}  // namespace
}  // namespace dsgd
