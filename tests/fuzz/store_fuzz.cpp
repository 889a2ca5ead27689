// Any file: a store, or refused as none. One that is read can be gone on with, and then says what it was
// told.
#include "store/store.hpp"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "dsgd/error.hpp"

namespace {

/// A folder for the file and what SQLite lays beside it; in memory where the system has such a place.
std::string make_folder() {
  std::string pattern =
      std::filesystem::is_directory("/dev/shm") ? "/dev/shm/dsgd-fuzz-XXXXXX" : "/tmp/dsgd-fuzz-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) std::abort();
  static std::string folder;
  folder = pattern;
  std::atexit([] { std::filesystem::remove_all(folder); });
  return folder;
}

void go_on_with(std::string const& path) {
  dsgd::Summary summary;
  summary.add(1.0f, -20);
  dsgd::NamedRange const added{"a point of nobody", {{0, 1}, summary}};
  dsgd::Description description;
  {
    dsgd::Store const read(path);
    description = read.description();
  }
  {
    dsgd::Store store(path, description);
    store.save(std::array{added});
  }
  auto const found = dsgd::Store(path).find(added.first);
  if (!found || !(found->summary == summary)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(char const* data, std::size_t size) {
  static std::string const folder = make_folder(), path = folder + "/s.db";
  for (auto const& left : std::filesystem::directory_iterator(folder)) std::filesystem::remove(left.path());
  std::ofstream(path, std::ios::binary).write(data, static_cast<std::streamsize>(size));
  try {
    go_on_with(path);
  } catch (dsgd::Error const& error) {
    if (error.code() != dsgd::ExitCode::damaged && error.code() != dsgd::ExitCode::file) std::abort();
  }
  return 0;
}
