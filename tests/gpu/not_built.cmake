# Stands for the GPU tests in a build without CUDA, so that their absence is seen.
if("$ENV{DSGD_REQUIRE_GPU}" STREQUAL "1")
  message(FATAL_ERROR "DSGD_REQUIRE_GPU=1, but built without CUDA")
endif()
message("SKIPPED: built without CUDA")
