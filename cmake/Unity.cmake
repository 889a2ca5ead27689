# dsgd_unity(TARGET [FOLDERS...]): where DSGD_UNITY is set, the target's C++ files of one folder are compiled as one, and those of
# several folders where one of FOLDERS, a regular expression, matches them all; but for those with options of their own. To be
# called where the target and its files' options are.
function(dsgd_unity target)
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    foreach(folders IN LISTS ARGN)
      if(folder MATCHES "^(${folders})$")
        set(folder "${folders}")
        break()
      endif()
    endforeach()
    string(MAKE_C_IDENTIFIER "${target}_${folder}" group)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${DSGD_UNITY} UNITY_BUILD_MODE GROUP)
endfunction()
