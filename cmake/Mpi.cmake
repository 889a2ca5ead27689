# MPI=AUTO|ON|OFF: find an MPI, which shares sweeps among the processes that mpirun starts. Sets DSGD_MPI.

set(MPI AUTO CACHE STRING "Build the module for mpirun: AUTO (where MPI is installed), ON, OFF")
set_property(CACHE MPI PROPERTY STRINGS AUTO ON OFF)
if(NOT MPI MATCHES "^(AUTO|ON|OFF)$")
  message(FATAL_ERROR "MPI=${MPI} is unknown: use AUTO, ON or OFF")
endif()

set(DSGD_MPI OFF)
if(MPI STREQUAL OFF)
  message(STATUS "MPI: left out, MPI=OFF")
  return()
endif()
set(MPI_CXX_SKIP_MPICXX ON) # its C interface is what we use
find_package(MPI QUIET COMPONENTS CXX)
if(MPI_CXX_FOUND)
  set(DSGD_MPI ON)
  message(STATUS "MPI: ${MPI_CXX_LIBRARIES}")
elseif(MPI STREQUAL ON)
  message(FATAL_ERROR "MPI=ON, but none was found: install libopenmpi-dev, or name its mpicxx in MPI_CXX_COMPILER")
else()
  message(STATUS "MPI: left out, none found (libopenmpi-dev brings one)")
endif()
