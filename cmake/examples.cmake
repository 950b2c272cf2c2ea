# doc/examples/NAME, and NAME.in with the folder of the programs filled in, go to share/doc/majlis/examples.
file(GLOB examples CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/doc/examples/*)
set(examples_folder ${CMAKE_BINARY_DIR}/examples)
foreach(example ${examples})
  cmake_path(GET example FILENAME name)
  string(REGEX REPLACE "[.]in$" "" name ${name})
  configure_file(${example} ${examples_folder}/${name} @ONLY)
  install(FILES ${examples_folder}/${name} DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
endforeach()
# The pages beside them.
file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/doc/*.md)
install(FILES ${pages} ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGES ${CMAKE_SOURCE_DIR}/LICENSE
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
