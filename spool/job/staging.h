#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"

namespace majlis::spool {

// The files of one piece of work on their way to tmp/, where the flusher does not see them before they are published.
// Several wait for the disk together, which is quicker than one after the other.
class Staging {
 public:
  // `spool`: the folder that has tmp/.
  explicit Staging(const std::string& spool) : directory_(spool + "/tmp") {}

  // Writes tmp/NAME, `more` behind `bytes`; a left-over of the same name is replaced (the caller holds the store's
  // lock).
  Status add(std::string_view name, std::string_view bytes, std::string_view more = {});
  // After ok every file added survives a power cut, by its name. Must precede the commit of the transaction.
  Status sync();

 private:
  struct File {
    std::string path;
    UniqueFd fd;
  };

  Status sync_files();

  std::string directory_;
  std::vector<File> files_;  // written, not synced yet
  bool is_empty_ = true;
};

}  // namespace majlis::spool
