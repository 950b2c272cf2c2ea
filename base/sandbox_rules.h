#pragma once

#include <cstddef>

namespace majlis {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kIsAddressSanitized = true;
#elif defined(__has_feature)
constexpr bool kIsAddressSanitized = __has_feature(address_sanitizer);
#else
constexpr bool kIsAddressSanitized = false;
#endif

// Called in a freshly forked child, in this order. Each tells whether the rule is in force; they cannot be taken back.

// CPU seconds, address space in bytes (0: unlimited), no core, no file growth.
bool limit_resources(unsigned cpu_s, std::size_t address_space_bytes);

// All signals as they are for a new program, and death with the parent.
void reset_signals();

// Closes every descriptor but this one.
bool close_all_but(int fd);

// No file system access (Landlock). True also when the kernel has no Landlock: forbid_system_calls covers it alone.
bool forbid_files();

// From here on only read, write, memory and exit; anything else kills the process with SIGSYS. Memory can
// not be made executable.
bool forbid_system_calls();

}  // namespace majlis
