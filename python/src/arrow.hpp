/// Tables as Arrow streams, which data frames of other libraries read without any library of ours.
#pragma once

#include <nanobind/nanobind.h>

namespace dsgd {

/// Names and values.
using ArrowColumns =
    nanobind::typed<nanobind::list, nanobind::typed<nanobind::tuple, nanobind::str,
                                                    nanobind::typed<nanobind::list, nanobind::any>>>;

/// A capsule "arrow_array_stream" with one batch. @param columns  a list of (name, values); values are a list of
/// int, of float or None, or of str, all of one length
/// @throws nanobind::cast_error for other values; nanobind::value_error for lengths that differ
/// Source: Apache Arrow, "The Arrow C stream interface"
nanobind::capsule arrow_stream(ArrowColumns const& columns);

}  // namespace dsgd
