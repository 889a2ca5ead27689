#include "ranks/launch.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>

namespace dsgd {
namespace {

/// The launch that an environment of these variables tells of.
std::optional<Launch> launch_by(std::map<std::string, std::string> const& variables) {
  for (char const* const name : {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "PMI_RANK", "PMIX_RANK"})
    ::unsetenv(name);
  for (auto const& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
  std::optional<Launch> const launch = launch_from_environment();
  for (auto const& [name, value] : variables) ::unsetenv(name.c_str());
  return launch;
}

TEST(Launch, IsNoneForAProcessAlone) {
  EXPECT_FALSE(launch_by({}));
  EXPECT_FALSE(launch_by({{"OMPI_COMM_WORLD_RANK", "0"}, {"OMPI_COMM_WORLD_SIZE", "1"}}));
  EXPECT_FALSE(launch_by({{"SLURM_STEP_NUM_TASKS", "4"}}));  // a job's own script
}

TEST(Launch, IsToldByMpirun) {
  auto const launch = launch_by({{"OMPI_COMM_WORLD_RANK", "5"},
                                 {"OMPI_COMM_WORLD_SIZE", "8"},
                                 {"OMPI_COMM_WORLD_LOCAL_RANK", "1"},
                                 {"OMPI_COMM_WORLD_LOCAL_SIZE", "4"}});
  ASSERT_TRUE(launch);
  EXPECT_EQ(launch->rank, 5);
  EXPECT_EQ(launch->size, 8);
  EXPECT_EQ(launch->local_rank, 1);
  EXPECT_EQ(launch->local_size, 4);
}

TEST(Launch, IsToldBySlurm) {
  auto const launch = launch_by({{"PMIX_RANK", "3"}, {"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_LOCALID", "1"}});
  ASSERT_TRUE(launch);
  EXPECT_EQ(launch->rank, 3);
  EXPECT_EQ(launch->size, 4);
  EXPECT_EQ(launch->local_rank, 1);
}

TEST(Launch, IsNoneWhereTheVariablesMakeNoSense) {
  EXPECT_FALSE(launch_by({{"OMPI_COMM_WORLD_RANK", "x"}, {"OMPI_COMM_WORLD_SIZE", "8"}}));
  EXPECT_FALSE(launch_by({{"OMPI_COMM_WORLD_RANK", "8"}, {"OMPI_COMM_WORLD_SIZE", "8"}}));
  EXPECT_FALSE(launch_by({{"OMPI_COMM_WORLD_RANK", "-1"}, {"OMPI_COMM_WORLD_SIZE", "8"}}));
}

}  // namespace
}  // namespace dsgd
