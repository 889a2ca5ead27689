# Manual pages and completions of shells, made of what the program says of itself, where there is what makes them. A build of the
# target dsgd alone does not make them, and an installation then has none; dsgd_shell_files makes all that this machine can make.
add_custom_target(dsgd_shell_files)
if(CMAKE_CROSSCOMPILING)
  return()
endif()
file(GLOB completing CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/scripts/completing/*.py)
find_package(Python3 COMPONENTS Interpreter QUIET)
find_program(HELP2MAN help2man)
mark_as_advanced(HELP2MAN)

if(Python3_FOUND)
  set(completions ${PROJECT_BINARY_DIR}/completions)
  add_custom_command(OUTPUT ${completions}/bash/dsgd ${completions}/zsh/_dsgd ${completions}/fish/dsgd.fish
    COMMAND ${CMAKE_COMMAND} -E env PYTHONDONTWRITEBYTECODE=1
            ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/scripts/completions $<TARGET_FILE:dsgd> ${completions}
    DEPENDS dsgd ${PROJECT_SOURCE_DIR}/scripts/completions ${completing}
    VERBATIM)
  add_custom_target(dsgd_completions ALL DEPENDS ${completions}/bash/dsgd)
  add_dependencies(dsgd_shell_files dsgd_completions)
  install(FILES ${completions}/bash/dsgd DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions OPTIONAL)
  install(FILES ${completions}/zsh/_dsgd DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions OPTIONAL)
  install(FILES ${completions}/fish/dsgd.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d OPTIONAL)
endif()

if(HELP2MAN)
  add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/man/dsgd.1
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/man_pages $<TARGET_FILE:dsgd> ${PROJECT_BINARY_DIR}/man
    DEPENDS dsgd ${PROJECT_SOURCE_DIR}/scripts/man_pages
    VERBATIM)
  add_custom_target(dsgd_man_pages ALL DEPENDS ${PROJECT_BINARY_DIR}/man/dsgd.1)
  add_dependencies(dsgd_shell_files dsgd_man_pages)
  install(DIRECTORY ${PROJECT_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
endif()
