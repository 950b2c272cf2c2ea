#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

class DbEnv;

// What Berkeley DB says, in our words.
namespace majlis::store {

// An Error from a return value (an errno or a DB_ code) of Berkeley DB. `action` is "commit", "open site.db" ...
// Full disks, broken disks and a library that asks for recovery are `again`; missing rights `misconfigured`; files that
// cannot be understood `damaged`.
Error fault(std::string_view action, int code);
// The same while the log in `directory` is replayed: what is no failing of the machine, such as a full disk, is damage
// that only a person can mend.
Error replay_fault(std::string_view action, int code, const std::string& directory);

// The library's own messages go to the log as they come; fault() adds the latest to its error.
void note_message(const DbEnv* environment, const char* prefix, const char* message);

}  // namespace majlis::store
