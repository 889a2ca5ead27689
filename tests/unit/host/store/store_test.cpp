#include "store/store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

#include "dsgd/arithmetic/version.hpp"
#include "support/expect_error.hpp"
#include "support/folder_test.hpp"

namespace dsgd {
namespace {

namespace fs = std::filesystem;

Description description() {
  Description result;
  result.arithmetic = std::to_string(arithmetic_version);
  result.seed = "1";
  result.histograms = "no";
  result.iterations = "5000";
  result.laws = result.swept_laws = result.typed_laws = {"exponential:rate=2"};
  result.strategies = {"sync"};
  return result;
}

NamedRange range(std::string const& point, std::uint64_t count) {
  Summary summary;
  for (std::uint64_t i = 0; i < count; ++i) summary.add(1.0f + static_cast<float>(i), -20);
  return {point, {{0, count}, summary}};
}

class Stores : public FolderTest {
 protected:
  std::string path(char const* name = "s.db") const { return FolderTest::path(name); }

  /// A store of two points, closed.
  void make_store() const {
    Store store(path(), description());
    store.save(std::vector{range("a", 2), range("b", 3)});
  }

  /// Does the damaged file at path() either refuse to be a store, or still say all it said?
  void expect_refused_or_unchanged(std::string const& what) const {
    try {
      Store const store(path(), description());
      EXPECT_EQ(store.description(), description()) << what;
      for (NamedRange const& expected : {range("a", 2), range("b", 3)}) {
        auto const found = store.find(expected.first);
        ASSERT_TRUE(found) << what;
        EXPECT_EQ(found->units.count, expected.second.units.count) << what;
        EXPECT_EQ(found->summary, expected.second.summary) << what;
      }
    } catch (Error const& error) {
      EXPECT_EQ(error.code(), ExitCode::damaged) << what << ": " << error.what();
    }
    fs::remove(path("s.db-journal"));
  }

  /// In place: file systems take long over files that are written anew.
  void flip(std::size_t bit) const {
    std::fstream file(path(), std::ios::binary | std::ios::in | std::ios::out);
    auto const at = static_cast<std::streamoff>(bit / 8);
    auto const byte = static_cast<unsigned>(file.seekg(at).get());
    file.seekp(at).put(static_cast<char>(byte ^ 1u << bit % 8));
  }

  void expect_flip_noticed(std::size_t bit) const {
    flip(bit);
    expect_refused_or_unchanged("bit " + std::to_string(bit));
    flip(bit);
  }

  /// From long to short. @param step  in bytes
  void expect_every_truncation_refused(std::uintmax_t step) const {
    for (std::uintmax_t length = fs::file_size(path()); length >= step;) {
      fs::resize_file(path(), length -= step);
      expect_error(ExitCode::damaged, "damaged", [&] { Store(path(), description()); });
    }
  }

 private:
};

TEST_F(Stores, GiveBackWhatWasSaved) {
  {
    Store store(path(), description());
    EXPECT_FALSE(store.find("a"));
    store.save(std::vector{range("a", 1)});
    store.save(std::vector{range("a", 5), range("b", 3)});
    EXPECT_EQ(store.find("a")->summary, range("a", 5).second.summary);
  }
  Store const store(path(), description());
  EXPECT_EQ(store.find("a")->units.count, 5u);
  EXPECT_EQ(store.find("a")->summary, range("a", 5).second.summary);
  EXPECT_EQ(store.find("b")->summary, range("b", 3).second.summary);
  EXPECT_FALSE(store.find("c"));
}

TEST_F(Stores, StayFlat) {
  Store store(path(), description());
  store.save(std::vector{range("a", 1)});
  auto const before = fs::file_size(path());
  for (std::uint64_t i = 2; i < 50; ++i) store.save(std::vector{range("a", i)});
  EXPECT_EQ(fs::file_size(path()), before);
}

TEST_F(Stores, LeaveNothingBesideThem) {
  make_store();
  EXPECT_EQ(std::distance(fs::directory_iterator(fs::path(path()).parent_path()), {}), 1);
}

TEST_F(Stores, RefuseOtherSweepsByName) {
  make_store();
  Description other = description();
  other.seed = "2";
  expect_error(ExitCode::damaged, "--seed is 2, the store's is 1", [&] { Store(path(), other); });
}

TEST_F(Stores, AreOfOneProcessAtATime) {
  Store const store(path(), description());
  expect_error(ExitCode::file, "in use", [&] { Store(path(), description()); });
}

TEST_F(Stores, AreNeverOverwritten) {
  make_store();
  expect_error(ExitCode::file, "exists already", [&] { Store::write_new(path(), description(), {}); });
}

TEST_F(Stores, AreRegularFilesInFoldersThatExist) {
  expect_error(ExitCode::file, "No such file", [&] { Store(path("no/s.db"), description()); });
  expect_error(ExitCode::file, "directory", [&] { Store(fs::path(path()).parent_path(), description()); });
  expect_error(ExitCode::file, "no regular file", [&] { Store("/dev/null", description()); });
  expect_error(ExitCode::damaged, "is not a store", [&] {
    write(path("empty"), "");
    Store(path("empty"), description());
  });
}

TEST_F(Stores, OfAnotherArithmeticOrOfNoSweepAreRefusedWhoeverReadsThem) {
  Description other = description(), lacking = description();
  other.arithmetic = "0";
  lacking.swept_laws.clear();
  Store::write_new(path("other.db"), other, {});
  Store::write_new(path("lacking.db"), lacking, {});
  expect_error(ExitCode::damaged, "version 0 of the arithmetic", [&] { Store(path("other.db"), other); });
  expect_error(ExitCode::damaged, "version 0 of the arithmetic", [&] { Store(path("other.db")); });
  expect_error(ExitCode::damaged, "it has no law", [&] { Store(path("lacking.db"), lacking); });
  expect_error(ExitCode::damaged, "it has no law", [&] { Store(path("lacking.db")); });
}

TEST_F(Stores, KnowWhetherTheyWereMovedOrDeleted) {
  for (auto const& leave :
       {std::function<void()>([&] { fs::remove(path()); }),
        {[&] { fs::rename(path(), path("elsewhere.db")); }},
        {[&] { fs::copy(path(), path("copy.db")), fs::rename(path("copy.db"), path()); }}}) {
    fs::remove(path());
    make_store();
    Store const store(path(), description());
    EXPECT_FALSE(store.has_moved());
    leave();
    EXPECT_TRUE(store.has_moved());
  }
}

TEST_F(Stores, OfTheFutureAreRefused) {
  make_store();
  Database(path(), path(), Database::Access::exclusive).execute("PRAGMA user_version = 2");
  expect_error(ExitCode::damaged, "format 2", [&] { Store(path(), description()); });
}

/// What SQLite finds in order: only the checksums notice.
TEST_F(Stores, ChangedByOthersAreRefused) {
  for (char const* const change :
       {"UPDATE points SET count = 4 WHERE id = 2", "UPDATE points SET point = 'c' WHERE id = 2",
        "UPDATE points SET id = 3 WHERE id = 2", "UPDATE points SET summary = x'00'",
        "UPDATE points SET summary = 1", "UPDATE points SET checksum = checksum + 1",
        "UPDATE points SET checksum = 'x'", "UPDATE points SET first = 1", "DELETE FROM points WHERE id = 2",
        "INSERT INTO points SELECT 3, point, first, count, summary, checksum FROM points WHERE id = 2",
        "UPDATE header SET text = 'seed 2' WHERE id = 1", "DELETE FROM header WHERE id = 2",
        "DELETE FROM header WHERE id = 1", "INSERT INTO header VALUES(3, '', 0)", "CREATE TABLE more(id)",
        "DROP TABLE points", "CREATE TRIGGER t AFTER UPDATE ON points BEGIN SELECT 1; END",
        "PRAGMA application_id = 7"}) {
    fs::remove(path());
    make_store();
    Database(path(), path(), Database::Access::exclusive).execute(change);
    expect_error(ExitCode::damaged, "damaged", [&] { Store(path(), description()); });
  }
}

TEST_F(Stores, CutShortAreRefused) {
  make_store();
  expect_every_truncation_refused(37);
}

/// All of SQLite's header, and some hundred others.
TEST_F(Stores, WithAFlippedBitAreRefusedOrUnchanged) {
  make_store();
  for (std::size_t bit = 0; bit < 8 * 108; ++bit) expect_flip_noticed(bit);
  std::size_t const bits = 8 * fs::file_size(path());
  std::mt19937_64 random(1);
  for (int trial = 0; trial < 800; ++trial) expect_flip_noticed(random() % bits);
}

/// A flip that goes unnoticed must not come out later either.
TEST_F(Stores, WithAFlippedBitCanBeGoneOnWith) {
  make_store();
  std::string const whole = content(path());
  std::mt19937_64 random(2);
  int gone_on = 0;
  for (int trial = 0; trial < 40; ++trial) {
    write(path(), whole);
    std::size_t const bit = random() % (8 * whole.size());
    flip(bit);
    try {
      Store store(path(), description());
      store.save(std::vector{range("a", 2), range("c", 9)});
      ++gone_on;
    } catch (Error const& error) {
      EXPECT_EQ(error.code(), ExitCode::damaged);
      continue;
    }
    EXPECT_EQ(Store(path(), description()).find("c")->summary, range("c", 9).second.summary);
    expect_refused_or_unchanged("bit " + std::to_string(bit));
  }
  EXPECT_GT(gone_on, 10);
}

TEST_F(Stores, NightlyEveryFlip) {
  make_store();
  for (std::size_t bit = 0, bits = 8 * fs::file_size(path()); bit < bits; ++bit) expect_flip_noticed(bit);
}

TEST_F(Stores, NightlyEveryTruncation) {
  make_store();
  expect_every_truncation_refused(1);
}

}  // namespace
}  // namespace dsgd
