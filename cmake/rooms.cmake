# One static library per room; it knows the rooms below it only. What calls upwards does not link: links_ROOM takes the
# whole library and the rooms it may use, and is built with everything else.
#
#   bin > bin/admin > lists/upkeep > commands | lists/rounds > lists/pending | lists/moving > lists/posts | lists/members
#       > lists/effects > lists/site > store | spool > auth | net | search | tongues | foreign > mail > base
#
# majlis_room(FOLDER LIBRARY...): FOLDER's name with '_' for '/' is the library's.
function(majlis_room folder)
  string(REPLACE "/" "_" name ${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cc)
  add_library(room_${name} STATIC ${sources})
  target_link_libraries(room_${name} PUBLIC majlis_flags ${ARGN})
  # Not with g++, and not for clang-tidy, which reads its commands: they see whether every file includes what it uses.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_precompile_headers(room_${name} PRIVATE <algorithm> <array> <functional> <map> <memory> <optional> <set>
      <string> <string_view> <vector>)
  endif()
  add_executable(links_${name} ${CMAKE_SOURCE_DIR}/tests/support/links/nothing.cc)
  target_link_options(links_${name} PRIVATE
    -Wl,--whole-archive $<TARGET_FILE:room_${name}> -Wl,--no-whole-archive)
  target_link_libraries(links_${name} PRIVATE ${ARGN})
  add_dependencies(links_${name} room_${name})
endfunction()

majlis_room(base ext_regex ext_unistring)
majlis_room(tongues room_base)
majlis_room(mail room_base ext_mimetic ext_idn2 ext_hogweed ext_zlib)
majlis_room(foreign room_mail)
majlis_room(auth room_base ext_sodium)
majlis_room(net room_base)
majlis_room(store room_mail room_auth ext_berkeley_db)
majlis_room(search room_base ext_sqlite)
majlis_room(spool room_mail room_net ext_ssl)
majlis_room(lists/site room_auth room_net room_store room_spool room_tongues room_foreign)
majlis_room(lists/effects room_lists_site)
majlis_room(lists/members room_lists_effects)
majlis_room(lists/posts room_lists_effects room_search)
target_compile_definitions(room_lists_posts PRIVATE MAJLIS_VERSION="${PROJECT_VERSION}")
majlis_room(lists/moving room_lists_posts room_lists_members room_foreign)
majlis_room(lists/pending room_lists_posts room_lists_members)
majlis_room(lists/rounds room_lists_pending)
majlis_room(commands room_lists_pending)
majlis_room(lists/upkeep room_lists_rounds)
majlis_room(bin/admin room_commands room_lists_upkeep room_lists_moving)
target_compile_definitions(room_bin_admin PRIVATE MAJLIS_PROGRAMS="${CMAKE_INSTALL_FULL_BINDIR}"
  MAJLIS_VERSION="${PROJECT_VERSION}")

# Character sets as tables; iconv(3) is asked here and never by the programs.
add_executable(charset_tables ${CMAKE_SOURCE_DIR}/tools/charset_tables.cc)
target_link_libraries(charset_tables PRIVATE majlis_flags)
set(charset_tables ${CMAKE_BINARY_DIR}/generated/charset_tables.cc)
add_custom_command(OUTPUT ${charset_tables} COMMAND charset_tables > ${charset_tables} VERBATIM)
target_sources(room_mail PRIVATE ${charset_tables})

# The texts people read are part of the programs.
set(built_in_texts ${CMAKE_BINARY_DIR}/generated/built_in_texts.cc)
file(GLOB_RECURSE text_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lists/site/text/*.txt)
add_custom_command(OUTPUT ${built_in_texts}
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR}/lists/site/text -DOUTPUT=${built_in_texts}
          -P ${CMAKE_SOURCE_DIR}/cmake/built_in_texts.cmake
  DEPENDS ${text_files} ${CMAKE_SOURCE_DIR}/cmake/built_in_texts.cmake VERBATIM)
target_sources(room_lists_site PRIVATE ${built_in_texts})

# bin/: one main() per program; what the doors share is room_bin.
file(GLOB doors CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bin/majlis_*.cc)
file(GLOB shared CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bin/*.cc)
list(REMOVE_ITEM shared ${doors})
add_library(room_bin STATIC ${shared})
target_link_libraries(room_bin PUBLIC room_bin_admin)
target_compile_definitions(room_bin PRIVATE MAJLIS_VERSION="${PROJECT_VERSION}")

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
