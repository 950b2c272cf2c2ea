#pragma once

#include <cstdio>
#include <map>
#include <string>

#include "tests/crash/tracer.h"

namespace majlis::crash {

// Writes down what a command does to the files below a folder, so that it can be done again in part. One line a call
// that succeeded, in their order, parts separated by tabs, paths relative to the folder:
//
//   create INODE MODE PATH    mkdir INODE MODE PATH       a new file, a new folder
//   write INODE OFFSET HEX    truncate INODE SIZE
//   sync INODE                fsync() or fdatasync(), of a file or a folder
//   rename FROM TO            link FROM TO                unlink PATH            rmdir PATH
//
// A call on a file below the folder that it cannot write down ends the process with a message.
class Record : public Witness {
 public:
  Record(std::string folder, std::FILE* out) : folder_(std::move(folder)), out_(out) {}

  void entered(pid_t pid, const Call& call) override;
  void left(pid_t pid, const Call& call, std::int64_t result) override;

 private:
  bool is_below(const std::string& path) const;
  void opened(pid_t pid, int fd, std::uint64_t flags);
  void written(pid_t pid, const Call& call, std::int64_t octets);
  void synced_or_cut(pid_t pid, const Call& call);
  void named(pid_t pid, const Call& call);

  std::string folder_;
  std::FILE* out_;
  std::map<pid_t, bool> is_there_;  // the file that a thread is about to open
};

}  // namespace majlis::crash
