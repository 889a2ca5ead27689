#include "arrow.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nb = nanobind;

// The interface's own structs: part of its specification, to be copied as they are.
extern "C" {
struct ArrowSchema {
  char const* format;
  char const* name;
  char const* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  void const** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema*);
  int (*get_next)(ArrowArrayStream*, ArrowArray*);
  char const* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
}

namespace dsgd {
namespace {

constexpr std::int64_t nullable = 2;  // ARROW_FLAG_NULLABLE

struct Column {
  std::string name;
  char const* format;                       ///< "l" int64, "g" float64, "u" UTF-8
  std::vector<std::uint8_t> validity = {};  ///< a bit per value, the lowest first; empty where none is null
  std::vector<char> data = {};
  std::vector<std::int32_t> ends = {};  ///< of texts: 0, and where each ends
  std::int64_t nulls = 0;
};

struct Table {
  std::vector<Column> columns;
  std::int64_t rows;
};

template <class T>
void append(std::vector<char>& data, T const& value) {
  auto const* const bytes = reinterpret_cast<char const*>(&value);
  data.insert(data.end(), bytes, bytes + sizeof value);
}

Column texts_column(std::string name, std::vector<std::string> const& values) {
  Column column{std::move(name), "u"};
  column.ends.push_back(0);
  for (std::string const& value : values) {
    column.data.insert(column.data.end(), value.begin(), value.end());
    column.ends.push_back(static_cast<std::int32_t>(column.data.size()));
  }
  return column;
}

Column integers_column(std::string name, std::vector<std::int64_t> const& values) {
  Column column{std::move(name), "l"};
  for (std::int64_t const value : values) append(column.data, value);
  return column;
}

Column numbers_column(std::string name, std::vector<std::optional<double>> const& values) {
  Column column{std::move(name), "g"};
  column.validity.resize((values.size() + 7) / 8);
  for (std::size_t i = 0; i < values.size(); ++i) {
    append(column.data, values[i].value_or(0));
    if (values[i])
      column.validity[i / 8] = static_cast<std::uint8_t>(column.validity[i / 8] | (1u << (i % 8)));
    else
      ++column.nulls;
  }
  return column;
}

Column column_of(std::string name, nb::list const& values) {
  auto const all = [&]<class T>() {
    for (nb::handle const value : values)
      if (!nb::isinstance<T>(value)) return false;
    return nb::len(values) != 0;
  };
  if (all.operator()<nb::str>())
    return texts_column(std::move(name), nb::cast<std::vector<std::string>>(values));
  if (all.operator()<nb::int_>())
    return integers_column(std::move(name), nb::cast<std::vector<std::int64_t>>(values));
  return numbers_column(std::move(name), nb::cast<std::vector<std::optional<double>>>(values));
}

/// What a schema or an array of a table keeps alive.
template <class Node>
struct Kept {
  std::shared_ptr<Table const> table;
  std::vector<Node> nodes;  ///< children
  std::vector<Node*> children = {};
  std::vector<void const*> buffers = {};
};

template <class Node>
void release(Node* node) {
  for (std::int64_t i = 0; i < node->n_children; ++i)
    if (node->children[i]->release) node->children[i]->release(node->children[i]);
  delete static_cast<Kept<Node>*>(node->private_data);
  node->release = nullptr;
}

template <class Node>
Kept<Node>* adopt(Node* parent, std::shared_ptr<Table const> const& table) {
  auto* const kept = new Kept<Node>{table, std::vector<Node>(table->columns.size())};
  for (Node& node : kept->nodes) kept->children.push_back(&node);
  parent->n_children = static_cast<std::int64_t>(kept->children.size());
  parent->children = kept->children.data();
  parent->private_data = kept;
  parent->release = release<Node>;
  return kept;
}

void give_schema(std::shared_ptr<Table const> const& table, ArrowSchema* out) {
  *out = {"+s", "", nullptr, 0, 0, nullptr, nullptr, nullptr, nullptr};
  auto* const kept = adopt(out, table);
  for (std::size_t i = 0; i < table->columns.size(); ++i) {
    Column const& column = table->columns[i];
    kept->nodes[i] = {column.format,
                      column.name.c_str(),
                      nullptr,
                      nullable,
                      0,
                      nullptr,
                      nullptr,
                      release<ArrowSchema>,
                      new Kept<ArrowSchema>{table, {}}};
  }
}

void give_array(std::shared_ptr<Table const> const& table, ArrowArray* out) {
  *out = {table->rows, 0, 0, 1, 0, nullptr, nullptr, nullptr, nullptr, nullptr};
  auto* const kept = adopt(out, table);
  kept->buffers = {nullptr};
  out->buffers = kept->buffers.data();
  for (std::size_t i = 0; i < table->columns.size(); ++i) {
    Column const& column = table->columns[i];
    auto* const own = new Kept<ArrowArray>{table, {}};
    own->buffers.push_back(column.nulls == 0 ? nullptr : column.validity.data());
    if (!column.ends.empty()) own->buffers.push_back(column.ends.data());
    own->buffers.push_back(column.data.data());
    kept->nodes[i] = {table->rows,
                      column.nulls,
                      0,
                      static_cast<std::int64_t>(own->buffers.size()),
                      0,
                      own->buffers.data(),
                      nullptr,
                      nullptr,
                      release<ArrowArray>,
                      own};
  }
}

/// A table, and whether its batch was taken.
struct Source {
  std::shared_ptr<Table const> table;
  bool taken = false;
};

Source& source_of(ArrowArrayStream* stream) { return *static_cast<Source*>(stream->private_data); }

ArrowArrayStream* new_stream(std::shared_ptr<Table const> table) {
  auto* const stream = new ArrowArrayStream;
  stream->get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    give_schema(source_of(self).table, out);
    return 0;
  };
  stream->get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    if (std::exchange(source_of(self).taken, true))
      out->release = nullptr;  // the end
    else
      give_array(source_of(self).table, out);
    return 0;
  };
  stream->get_last_error = [](ArrowArrayStream*) -> char const* { return nullptr; };
  stream->release = [](ArrowArrayStream* self) {
    delete &source_of(self);
    self->release = nullptr;
  };
  stream->private_data = new Source{std::move(table)};
  return stream;
}

}  // namespace

nb::capsule arrow_stream(ArrowColumns const& columns) {
  auto table = std::make_shared<Table>();
  for (nb::handle const each : columns) {
    auto const pair = nb::cast<nb::tuple>(each);
    auto const values = nb::cast<nb::list>(pair[1]);
    if (table->columns.empty()) table->rows = static_cast<std::int64_t>(nb::len(values));
    if (table->rows != static_cast<std::int64_t>(nb::len(values)))
      throw nb::value_error("arrow_stream: columns have different lengths");
    table->columns.push_back(column_of(nb::cast<std::string>(pair[0]), values));
  }
  return {new_stream(std::move(table)), "arrow_array_stream", [](void* pointer) noexcept {
            auto* const stream = static_cast<ArrowArrayStream*>(pointer);
            if (stream->release) stream->release(stream);
            delete stream;
          }};
}

}  // namespace dsgd
