# dsgd_unity(TARGET): where DSGD_UNITY is set, the target's C++ files of one folder are compiled as one, but for those with
# options of their own. To be called where the target and its files' options are.
function(dsgd_unity target)
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    string(MAKE_C_IDENTIFIER "${target}_${folder}" group)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${DSGD_UNITY} UNITY_BUILD_MODE GROUP)
endfunction()
