#include "table/read.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>

#include "bytes/sha256.hpp"
#include "table/rows.hpp"
#include "table/table_reader.hpp"

namespace dsgd::table {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

Table read_table(Source const& source, Selection const& selection) {
  std::error_code ignored;
  if (std::filesystem::is_directory(source.path, ignored)) refuse_unreadable(source, "it is a folder");
  std::unique_ptr<std::FILE, CloseFile> const file(std::fopen(source.path.c_str(), "rb"));
  if (!file) refuse_unreadable(source, std::strerror(errno));

  TableReader reader(source, selection);
  RowReader rows(source, [&](Row const& row) { reader.take(row); });
  Sha256 sha256;
  std::uint64_t bytes = 0;
  std::array<char, 1 << 16> buffer;
  while (std::size_t const count = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    bytes += count;
    if (bytes > max_bytes)
      refuse(source, "is larger than " + std::to_string(max_bytes) + " bytes", "it is kept in memory",
             "give a part of it");
    std::string_view const text(buffer.data(), count);
    sha256.add(text);
    rows.add(text);
  }
  if (std::ferror(file.get())) refuse_unreadable(source, std::strerror(errno));
  rows.finish();
  return reader.finish(sha256.finish());
}

}  // namespace dsgd::table
