#include <gtest/gtest.h>

#include "tests/exhaustive/word_hash.hpp"
#include "tests/gpu/device_test.hpp"
#include "tests/gpu/log_hash.hpp"

namespace dsgd::test {
namespace {

class PortableLogOnDevice : public DeviceTest {};

TEST_F(PortableLogOnDevice, HasTheHostsBitsForEvery256thWord) {
  EXPECT_EQ(log_hash_on_device(sparse_step), golden_sparse_hash);
}

TEST_F(PortableLogOnDevice, HasTheHostsBitsForAllWords) { EXPECT_EQ(log_hash_on_device(1), golden_hash); }

}  // namespace
}  // namespace dsgd::test
