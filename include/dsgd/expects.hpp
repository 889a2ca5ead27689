/// DSGD_EXPECTS(condition) states a precondition. Where DSGD_CHECKS is defined, as in builds for debugging
/// and with sanitizers, a condition that does not hold throws std::logic_error with file, line and condition.
/// Elsewhere, and on devices, it is not evaluated: inner loops pay nothing for it.
#pragma once

#if defined(DSGD_CHECKS) && !defined(__CUDA_ARCH__)

#include <stdexcept>
#include <string>

namespace dsgd::detail {

[[noreturn, gnu::noinline, gnu::cold]] inline void broken_precondition(char const* file, int line,
                                                                       char const* condition) {
  throw std::logic_error(std::string(file) + ':' + std::to_string(line) + ": expects " + condition);
}

}  // namespace dsgd::detail

#define DSGD_EXPECTS(...) \
  ((__VA_ARGS__) ? void() : ::dsgd::detail::broken_precondition(__FILE__, __LINE__, #__VA_ARGS__))

#else

#define DSGD_EXPECTS(...) void(sizeof(bool(__VA_ARGS__)))

#endif
