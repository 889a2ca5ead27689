/// What translated kernels include.
#pragma once

#include "runtime/arithmetic.hpp"
#include "runtime/block.hpp"
#include "runtime/memory.hpp"
