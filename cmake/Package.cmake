# scripts/package: an archive that runs wherever it is unpacked, and a Debian package, of what cmake --install installs.

set(CPACK_GENERATOR TGZ DEB)
set(CPACK_PACKAGE_NAME dsgd)
set(CPACK_PACKAGE_VENDOR "the dsgd project")
set(CPACK_PACKAGE_CONTACT "the dsgd project")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Time of an iteration of distributed SGD")
set(CPACK_PACKAGE_FILE_NAME dsgd-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/BundleLibraries.cmake)

# What the program needs to start, scripts/package finds out; what it asks for is only recommended.
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3-matplotlib, python3-jinja2")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS openmpi-bin)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Estimates the runtime per iteration of synchronous and asynchronous SGD\n and of strategies between them, for laws of delays or measured times.")
include(CPack)
