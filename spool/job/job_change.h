#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace majlis::spool {

// What is to be different in a job that waits.
struct JobChange {
  std::function<bool(std::string_view address)> is_cancelled;  // who does not get the message any more
  // Words of the file: heads and records. The same where nothing is to be changed.
  std::function<std::string(std::string_view words)> words;
  // The message; nullopt: it stays.
  std::function<std::optional<std::string>(std::string_view message)> message;
  // The message with every octet where it was, for one whose points would not be where they may.
  std::function<std::string(std::string_view message)> blotted;
};

struct JobFinding {
  bool is_changed = false;
  std::size_t cancelled = 0;  // recipients named in its head, settled ones too
};

// Looks only. `damaged`: its head cannot be read. Gone in the meantime: nothing.
Result<JobFinding> look_for(const std::string& directory, const std::string& name, const JobChange& change);

// Puts the job in its new form in the place of the old one, with all that is known of its other recipients; removed
// where nobody is left. false: somebody else works on it, or it is gone. Killed: the old file or the new one.
Result<bool> change_job(const std::string& directory, const std::string& name, const JobChange& change);

}  // namespace majlis::spool
