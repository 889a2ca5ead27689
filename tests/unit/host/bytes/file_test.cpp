#include "bytes/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bytes/temporary.hpp"
#include "support/expect_error.hpp"
#include "support/folder_test.hpp"

namespace dsgd {
namespace {

namespace fs = std::filesystem;

class OutputFiles : public FolderTest {
 protected:
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
};

TEST_F(OutputFiles, AppearOnlyWhenCommitted) {
  OutputFile file(path("a.csv"));
  file.stage("text");
  EXPECT_FALSE(fs::exists(path("a.csv")));
  file.commit("text");
  EXPECT_EQ(content(path("a.csv")), "text");
  EXPECT_EQ(files(), 1u);
}

TEST_F(OutputFiles, LeaveNothingWhenNotCommitted) {
  write(path("a.csv"), "before");
  {
    OutputFile file(path("a.csv"));
    file.stage("after");
  }
  EXPECT_EQ(content(path("a.csv")), "before");
  EXPECT_EQ(files(), 1u);
}

TEST_F(OutputFiles, KeepPermissionsOfWhatTheyReplace) {
  write(path("a.csv"), "before");
  ASSERT_EQ(::chmod(path("a.csv").c_str(), 0640), 0);
  OutputFile file(path("a.csv"));
  file.stage("after");
  file.commit("after");
  struct stat status {};
  ASSERT_EQ(::stat(path("a.csv").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640u);
  EXPECT_EQ(content(path("a.csv")), "after");
}

TEST_F(OutputFiles, ReplaceTheTargetOfALinkAndKeepTheLink) {
  write(path("target.csv"), "before");
  fs::create_symlink("target.csv", path("link.csv"));
  OutputFile file(path("link.csv"));
  file.stage("after");
  file.commit("after");
  EXPECT_TRUE(fs::is_symlink(path("link.csv")));
  EXPECT_EQ(content(path("target.csv")), "after");
}

TEST_F(OutputFiles, FollowNoLinkOfAnotherUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a link to another user";
  write(path("target.csv"), "before");
  fs::create_symlink("target.csv", path("link.csv"));
  ASSERT_EQ(::lchown(path("link.csv").c_str(), 12345, 12345), 0);
  expect_error(ExitCode::file, "symbolic link of another user", [&] { OutputFile(path("link.csv")); });
}

/// Whoever may write to the folder may lay a link after the path was looked at.
TEST_F(OutputFiles, ReplaceALinkThatIsLaidLaterAndTakeNoMode) {
  write(path("victim"), "before");
  ASSERT_EQ(::chmod(path("victim").c_str(), 0600), 0);
  OutputFile file(path("a.csv"));
  fs::create_symlink("victim", path("a.csv"));
  file.stage("after");
  file.commit("after");
  EXPECT_EQ(content(path("victim")), "before");
  EXPECT_FALSE(fs::is_symlink(path("a.csv")));
  struct stat status {};
  ASSERT_EQ(::stat(path("a.csv").c_str(), &status), 0);
  EXPECT_NE(status.st_mode & 0777, 0600u);
}

TEST_F(OutputFiles, WriteIntoNoRegularFileThatTookAPipesPlace) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  OutputFile file(path("pipe"));
  fs::remove(path("pipe"));
  write(path("pipe"), "before");
  expect_error(ExitCode::file, "exists", [&] { file.commit("after"); });
  EXPECT_EQ(content(path("pipe")), "before");
}

/// A process that is gone has left some; so has one that goes on, another machine, and whoever likes the
/// name.
TEST_F(OutputFiles, ClearWhatKilledRunsLeftAndNothingElse) {
  pid_t const gone = ::fork();
  if (gone == 0) ::_exit(0);
  ASSERT_EQ(::waitpid(gone, nullptr, 0), gone);
  std::string const own = fs::path(temporary_pattern(path("a.csv"))).filename();
  auto const of_process = [&](std::string name, pid_t process) {
    std::string const number = "-" + std::to_string(::getpid()) + "-";
    return path(name.replace(name.rfind(number), number.size(), "-" + std::to_string(process) + "-").c_str());
  };
  std::string other_file = own, other_machine = own;
  other_file.replace(other_file.find("a.csv"), 5, "b.csv");
  other_machine.replace(other_machine.find(".dsgd-"), 6, ".dsgd-far-");
  std::vector<std::string> const kept = {of_process(own, 1), of_process(other_file, gone),
                                         of_process(other_machine, gone), path(".a.csv.dsgd-x.tmp"),
                                         path("a.csv.tmp")};
  for (std::string const& name : kept) write(name, "");
  write(of_process(own, gone), "");
  write(of_process(own, ::getpid()), "");  // of an earlier process with this one's number
  fs::create_directory(of_process(own, gone) + ".tmp");
  OutputFile const file(path("a.csv"));
  EXPECT_EQ(files(), kept.size() + 1);
  for (std::string const& name : kept) EXPECT_TRUE(fs::exists(name)) << name;
}

TEST_F(OutputFiles, HaveTemporariesWhoseNamesFit) {
  std::string const longest(255, 'x');
  OutputFile file(path(longest.c_str()));
  file.stage("text");
  file.commit("text");
  EXPECT_EQ(content(path(longest.c_str())), "text");
}

TEST_F(OutputFiles, AreRefusedBeforeTheRun) {
  expect_error(ExitCode::file, "No such file", [&] { OutputFile(path("missing/a.csv")); });
  expect_error(ExitCode::file, "directory", [&] { OutputFile(folder_.string()); });
  write(path("file"), "");
  expect_error(ExitCode::file, "Not a directory", [&] { OutputFile(path("file/a.csv")); });
  expect_error(ExitCode::file, "cannot be written", [] { OutputFile("/proc/sys/a.csv"); });
}

TEST_F(OutputFiles, WriteIntoWhatIsNoRegularFile) {
  OutputFile full("/dev/full");
  EXPECT_FALSE(full.is_replaced());
  full.stage("text");
  expect_error(ExitCode::file, "No space left", [&] { full.commit("text"); });
  struct stat status {};
  ASSERT_EQ(::stat("/dev/full", &status), 0);
  EXPECT_TRUE(S_ISCHR(status.st_mode)) << "/dev/full must still be a device";
}

}  // namespace
}  // namespace dsgd
