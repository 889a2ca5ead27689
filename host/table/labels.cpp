#include "table/labels.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <system_error>
#include <utility>

namespace dsgd::table {
namespace {

/// The numbers that all names are; empty where one of them is none.
std::vector<double> numbers_of(std::vector<std::string> const& names) {
  std::vector<double> numbers(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    char const* const end = names[i].data() + names[i].size();
    auto const [at, error] = std::from_chars(names[i].data(), end, numbers[i]);
    if (error != std::errc() || at != end || !std::isfinite(numbers[i])) return {};
  }
  return numbers;
}

}  // namespace

void drop_unused(Labels& labels) {
  std::vector<bool> is_used(labels.names.size());
  for (std::uint32_t const label : labels.of_row) is_used[label] = true;
  std::vector<std::uint32_t> place(labels.names.size());
  std::vector<std::string> kept;
  for (std::size_t label = 0; label < place.size(); ++label) {
    place[label] = static_cast<std::uint32_t>(kept.size());
    if (is_used[label]) kept.push_back(std::move(labels.names[label]));
  }
  labels.names = std::move(kept);
  for (std::uint32_t& label : labels.of_row) label = place[label];
}

void LabelReader::take(std::string_view text) { labels_.of_row.push_back(number_of(text)); }

/// Ranks and steps are whole numbers nearly always: an array finds them in a tenth of a hash's time.
std::uint32_t LabelReader::number_of(std::string_view text) {
  char const* const end = text.data() + text.size();
  std::size_t whole = 0;
  if (!text.empty() && read_small_whole(text.data(), end, whole) == end) {
    if (whole >= of_whole_.size()) of_whole_.resize(std::max<std::size_t>(whole + 1, 2 * of_whole_.size()));
    std::uint32_t& known = of_whole_[whole];
    if (known == 0) known = 1 + add(text);
    return known - 1;
  }
  auto found = index_.find(text);
  if (found == index_.end()) found = index_.emplace(text, add(text)).first;
  return found->second;
}

std::uint32_t LabelReader::add(std::string_view text) {
  labels_.names.emplace_back(text);
  return static_cast<std::uint32_t>(labels_.names.size() - 1);
}

Labels LabelReader::finish() {
  std::vector<double> const numbers = numbers_of(labels_.names);
  if (numbers.empty()) return std::move(labels_);
  std::vector<std::uint32_t> order(numbers.size()), place(numbers.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return numbers[a] < numbers[b]; });
  Labels sorted;
  sorted.names.reserve(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    sorted.names.push_back(std::move(labels_.names[order[i]]));
  }
  sorted.of_row = std::move(labels_.of_row);
  for (std::uint32_t& label : sorted.of_row) label = place[label];
  return sorted;
}

void LabelColumns::take(Fields const& row) {
  if (indices_.empty()) return;
  if (indices_.size() == 1) return reader_.take(row[indices_.front()]);
  label_.clear();
  for (std::size_t const index : indices_) {
    if (index != indices_.front()) label_ += '/';
    for (char const c : row[index]) label_.append(c == '/' || c == '\\' ? "\\" : "").append(1, c);
  }
  reader_.take(label_);
}

}  // namespace dsgd::table
