# One static library per room; a room links only the rooms below it, so that a call upwards fails to link.
#
#   bin > commands > lists > auth | store | spool > mail > base
function(majlis_room room)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${room}/*.cc)
  add_library(room_${room} STATIC ${sources})
  target_link_libraries(room_${room} PUBLIC majlis_flags ${ARGN})
endfunction()

majlis_room(base ext_regex)
majlis_room(tongues room_base)
majlis_room(mail room_base ext_mimetic ext_idn2)
majlis_room(auth room_base ext_sodium)
majlis_room(store room_mail ext_berkeley_db)
majlis_room(spool room_mail ext_ssl)
majlis_room(lists room_auth room_store room_spool)
target_compile_definitions(room_lists PRIVATE MAJLIS_VERSION="${PROJECT_VERSION}")

# The texts people read are part of the programs.
set(built_in_texts ${CMAKE_BINARY_DIR}/generated/built_in_texts.cc)
file(GLOB_RECURSE text_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lists/site/text/*.txt)
add_custom_command(OUTPUT ${built_in_texts}
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR}/lists/site/text -DOUTPUT=${built_in_texts}
          -P ${CMAKE_SOURCE_DIR}/cmake/built_in_texts.cmake
  DEPENDS ${text_files} ${CMAKE_SOURCE_DIR}/cmake/built_in_texts.cmake VERBATIM)
target_sources(room_lists PRIVATE ${built_in_texts})

majlis_room(commands room_lists room_tongues)

# bin/: one main() per program; what the doors share is room_bin.
file(GLOB doors CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bin/majlis_*.cc)
file(GLOB_RECURSE shared CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bin/*.cc)
list(REMOVE_ITEM shared ${doors})
add_library(room_bin STATIC ${shared})
target_link_libraries(room_bin PUBLIC room_commands)

add_custom_target(programs)  # all three, without the tests

function(majlis_program name source libc)
  add_executable(${name} ${CMAKE_SOURCE_DIR}/bin/${source})
  target_link_libraries(${name} PRIVATE room_bin)
  majlis_start_fast(${name} ${libc})
  add_dependencies(programs ${name})
  install(TARGETS ${name})
endfunction()

majlis_program(majlis-receive majlis_receive.cc STATIC_LIBC)
majlis_program(majlis-flush majlis_flush.cc DYNAMIC_LIBC)
majlis_program(majlis majlis_admin.cc DYNAMIC_LIBC)
