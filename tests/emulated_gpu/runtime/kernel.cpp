#include "runtime/kernel.hpp"

namespace emulated_gpu {

std::map<std::string, Kernel const*>& translated_kernels() {
  static std::map<std::string, Kernel const*> kernels;
  return kernels;
}

}  // namespace emulated_gpu
