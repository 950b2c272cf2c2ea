# The libraries, as archives where Debian ships them: start-up is most of a short process's cost.
find_package(Threads REQUIRED)

function(majlis_library name header archive)
  find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
  find_library(${name}_ARCHIVE NAMES ${archive} REQUIRED)
  add_library(${name} STATIC IMPORTED)  # so that archives stand behind those that need them
  set_target_properties(${name} PROPERTIES IMPORTED_LOCATION ${${name}_ARCHIVE})
  target_include_directories(${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIR})
  target_link_libraries(${name} INTERFACE ${ARGN})
endfunction()

majlis_library(ext_mimetic mimetic/mimetic.h libmimetic.a)
majlis_library(ext_regex boost/regex.hpp libboost_regex.a)
majlis_library(ext_berkeley_db db_cxx.h libdb_cxx-5.3.a Threads::Threads)
majlis_library(ext_sodium sodium.h libsodium.a Threads::Threads)
majlis_library(ext_unistring unistr.h libunistring.a)
majlis_library(ext_idn2 idn2.h libidn2.a ext_unistring)
majlis_library(ext_gmp gmp.h libgmp.a)
majlis_library(ext_nettle nettle/sha2.h libnettle.a)
majlis_library(ext_hogweed nettle/rsa.h libhogweed.a ext_nettle ext_gmp)
majlis_library(ext_crypto openssl/crypto.h libcrypto.a Threads::Threads ${CMAKE_DL_LIBS})
majlis_library(ext_ssl openssl/ssl.h libssl.a ext_crypto)
majlis_library(ext_zlib zlib.h libz.a)
