# Warnings are errors with both compilers; release builds are hardened.
add_library(majlis_flags INTERFACE)
target_compile_options(majlis_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
# g++ 12 sees overlapping copies in "literal" + std::string where there are none (GCC bug 105651).
target_compile_options(majlis_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
target_include_directories(majlis_flags INTERFACE ${CMAKE_SOURCE_DIR})

# Assertions guard against our own mistakes in every build, so NDEBUG is never defined.
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(MAJLIS_SANITIZE)
  add_compile_options(-fsanitize=${MAJLIS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MAJLIS_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong -fstack-clash-protection
                      -ftrivial-auto-var-init=zero -fPIE -ffunction-sections -fdata-sections)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|amd64|AMD64)$")
    add_compile_options(-fcf-protection=full)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 16)
    add_compile_options(-enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang)
  endif()
  add_link_options(-pie -Wl,-z,relro,-z,now -Wl,-z,pack-relative-relocs -Wl,--gc-sections)
endif()

# Coverage of the parsers is what libFuzzer steers by, so the rooms are instrumented as well.
if(MAJLIS_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# A program lives a few milliseconds: what it does not load, it does not wait for. DYNAMIC_LIBC for programs that ask the
# resolver, STATIC_LIBC saves another half millisecond. Nothing of the machine's C library is loaded into those: character
# sets are tables (mail/coding/charset_tables.h).
function(majlis_start_fast target libc)
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Release" OR MAJLIS_SANITIZE)
    return()
  endif()
  if(libc STREQUAL "STATIC_LIBC")
    # The linker's warning is about getaddrinfo(3) in Berkeley DB's replication, which nobody calls.
    target_link_options(${target} PRIVATE -static-pie -Wl,--no-warnings)
  else()
    target_link_options(${target} PRIVATE -static-libstdc++ -static-libgcc)
  endif()
endfunction()
