#include "text/nearest_name.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

std::vector<std::string> const laws{"exponential", "shifted-exponential", "gamma", "uniform", "constant"};

TEST(NearestName, FindsWhatOneOrTwoSlipsMadeOfAName) {
  EXPECT_EQ(nearest_name("exponentail", laws), "exponential");  // two neighbours exchanged
  EXPECT_EQ(nearest_name("exponental", laws), "exponential");   // one left out
  EXPECT_EQ(nearest_name("gama", laws), "gamma");
  EXPECT_EQ(nearest_name("Gamma", laws), "gamma");
  EXPECT_EQ(nearest_name("unifrom", laws), "uniform");
  EXPECT_EQ(nearest_name("constantt", laws), "constant");
}

TEST(NearestName, FindsNothingWhereNothingIsNear) {
  EXPECT_EQ(nearest_name("gaussian", laws), std::nullopt);
  EXPECT_EQ(nearest_name("", laws), std::nullopt);
  EXPECT_EQ(nearest_name("x", {"y", ""}), std::nullopt);  // nothing of it is left
  EXPECT_EQ(nearest_name("gamma", {}), std::nullopt);
}

TEST(NearestName, TakesTheFirstOfThoseAsNear) {
  EXPECT_EQ(nearest_name("rate3", {"rate1", "rate2"}), "rate1");
  EXPECT_EQ(nearest_name("rate2", {"rate1", "rate2"}), "rate2");
}

TEST(NearestName, DoesNotCompareTextsOfAnyLength) {
  std::string const text(1 << 20, 'x');
  EXPECT_EQ(nearest_name(text, {text}), std::nullopt);
}

TEST(NearestName, AsksOrSaysSomethingElse) {
  EXPECT_EQ(did_you_mean("gama", laws, "no such law"), "did you mean gamma?");
  EXPECT_EQ(did_you_mean("gaussian", laws, "no such law"), "no such law");
}

}  // namespace
}  // namespace dsgd
