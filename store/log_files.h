#pragma once

#include <string>

#include "base/result.h"

namespace majlis::store {

// What Berkeley DB leaves open about its log on a disk that forgets what was not synced: a log with a hole between two
// files cannot be replayed, and the database is lost.

// From now on, in the whole process: whoever begins a log file has synced the one before, and syncs the new name.
void keep_log_files_in_order();

// What other processes have written into the log is on the disk, names too, when this returns ok.
Status sync_newest_log_files(const std::string& directory);

// All of them, the oldest first: of a database whose file is whole without, and which nobody has open. The next writer
// begins a new log.
Status remove_log_files(const std::string& directory);

// While it lives, the library syncs nothing in this thread.
class QuietClosing {
 public:
  QuietClosing();
  ~QuietClosing();
  QuietClosing(const QuietClosing&) = delete;
  QuietClosing& operator=(const QuietClosing&) = delete;
};

}  // namespace majlis::store
