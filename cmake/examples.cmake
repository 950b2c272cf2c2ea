# doc/examples/NAME, and NAME.in with the folder of the programs filled in, go to share/doc/majlis/examples.
file(GLOB examples CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/doc/examples/*)
set(examples_folder ${CMAKE_BINARY_DIR}/examples)
foreach(example ${examples})
  cmake_path(GET example FILENAME name)
  string(REGEX REPLACE "[.]in$" "" name ${name})
  configure_file(${example} ${examples_folder}/${name} @ONLY)
  install(FILES ${examples_folder}/${name} DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
endforeach()
