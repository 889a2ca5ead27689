#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "dsgd/draw/address.hpp"
#include "dsgd/error.hpp"
#include "plan/bench_figures.hpp"

namespace dsgd {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(std::string const& path, std::string const& problem) {
  throw Error(ExitCode::damaged, "--bench '" + path + "' is not a result of dsgd bench", problem,
              "write one by dsgd bench --output FILE.json");
}

/// The member, of the wanted type; null where there is none.
template <class Value>
Value const* member(Json const& object, char const* key) {
  if (!object.is_object()) return nullptr;
  auto const found = object.find(key);
  return found == object.end() ? nullptr : found->template get_ptr<Value const*>();
}

BenchFigure figure_of(Json const& row, std::string const& path) {
  auto const* const engine = member<std::string>(row, "engine");
  auto const* const device = member<std::string>(row, "device");
  auto const* const workers = member<Json::number_unsigned_t>(row, "workers");
  double speed = 0;
  if (row.is_object() && row.contains("draws_per_second") && row["draws_per_second"].is_number())
    speed = row["draws_per_second"].get<double>();
  if (engine == nullptr || device == nullptr || workers == nullptr)
    refuse(path, "a measurement lacks engine, device or workers");
  if (*workers < 1 || *workers > max_workers) refuse(path, "a measurement has no workers that a sweep has");
  if (!(speed > 1e-3) || speed > 1e18) refuse(path, "a measurement has no speed that an engine has");
  return {*engine, *device, *workers, speed};
}

}  // namespace

std::vector<BenchFigure> parse_bench_figures(std::string_view text, std::string const& path) {
  Json const document = Json::parse(text, nullptr, false);
  auto const* const schema = member<std::string>(document, "schema");
  if (schema == nullptr || *schema != "dsgd.bench/1") refuse(path, "its schema is not dsgd.bench/1");
  auto const* const rows = member<Json::array_t>(document, "measurements");
  if (rows == nullptr || rows->empty()) refuse(path, "it has no measurements");
  std::vector<BenchFigure> figures;
  figures.reserve(rows->size());
  for (Json const& row : *rows) figures.push_back(figure_of(row, path));
  return figures;
}

std::vector<BenchFigure> read_bench_figures(std::string const& path) {
  auto const cannot_read = [&](char const* why) {
    throw Error(ExitCode::file, "--bench '" + path + "' cannot be read", why,
                "give the path of a readable file");
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) cannot_read("it is a folder");
  std::ifstream file(path, std::ios::binary);
  if (!file) cannot_read(std::strerror(errno));
  std::string text(max_bench_bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) cannot_read(std::strerror(errno));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > max_bench_bytes) refuse(path, "it is larger than 16 MiB");
  return parse_bench_figures(text, path);
}

}  // namespace dsgd
