#include "kernels/cuda/scratch_arena.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace dsgd::kernels {
namespace {

TEST(ScratchArena, PiecesAreAlignedAndApart) {
  std::vector<std::byte> memory(1024);
  ScratchArena arena(memory.data(), memory.size());
  char* const first = arena.allocate(1);
  char* const second = arena.allocate(257);
  EXPECT_EQ(first, reinterpret_cast<char*>(memory.data()));
  EXPECT_EQ(second - first, 256);
  EXPECT_EQ(arena.allocate(256) - second, 512);
}

TEST(ScratchArena, IsWholeAgainOnceAllIsGivenBack) {
  std::vector<std::byte> memory(1024);
  ScratchArena arena(memory.data(), memory.size());
  char* const first = arena.allocate(256);
  char* const second = arena.allocate(256);
  arena.deallocate(first, 256);
  EXPECT_NE(arena.allocate(256), second) << "a piece in use is handed out again";
  arena.deallocate(second, 256);
  arena.deallocate(second + 256, 256);
  EXPECT_EQ(arena.allocate(1024), first);
}

TEST(ScratchArena, RefusesWhatDoesNotFit) {
  std::vector<std::byte> memory(1024);
  ScratchArena arena(memory.data(), memory.size());
  arena.allocate(512);
  try {
    arena.allocate(513);
    FAIL();
  } catch (OutOfDeviceMemory const& error) {
    EXPECT_EQ(error.bytes(), 768u);
    EXPECT_EQ(error.code(), ExitCode::device);
  }
  EXPECT_NE(arena.allocate(512), nullptr) << "a refusal uses nothing up";
}

}  // namespace
}  // namespace dsgd::kernels
