#pragma once

#include <sys/stat.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "spool/job/job.h"
#include "spool/job/progress.h"

namespace majlis::spool {

using Moment = std::chrono::steady_clock::time_point;

// A job file that this process has claimed: nobody else works on it until this goes out of scope.
class JobFile {
 public:
  // nullopt: somebody else's, or gone in the meantime. `damaged`: not a regular file of ours with one name, or its
  // contents cannot be read back; the claim is then undone. Cuts off a torn tail and counts the claim in the file.
  // Where damage is passed over the file is rewritten with what it still says; a head must be whole all the same.
  static Result<std::optional<JobFile>> claim(const std::string& directory, const std::string& name,
                                              Reading reading = Reading::strict);

  const Job& job() const { return job_; }
  Job& job() { return job_; }
  Progress& progress() { return *progress_; }
  const Progress& progress() const { return *progress_; }
  const std::string& name() const { return name_; }
  std::string path() const { return directory_ + "/" + name_; }

  // Keeps `records` to be written behind the last ones.
  void add(std::string_view records);
  void add_outcomes(std::string_view records);  // and owes them a sync()
  // Writes what was kept: it survives a kill at once and a power cut after the next sync(). Rewrites the file when it
  // has grown past its use.
  Status write_down();
  Status append(std::string_view records);  // both
  Status sync();
  // When sync() is owed, kLongestUnsynced after the first outcome; nullopt when nothing waits for it.
  std::optional<Moment> sync_due() const;

  // Another file takes the place of this one; nothing more is written to it. A power cut brings back the old one at
  // worst.
  Status replace_by(std::string_view bytes);
  // Everything is settled: the file goes. A power cut may bring it back, complete, to be removed again.
  Status finish();
  // Synced and moved to `directory`/`name`; the claim ends with this object.
  Status move_to(const std::string& directory, const std::string& name);

 private:
  JobFile(std::string directory, std::string name) : directory_(std::move(directory)), name_(std::move(name)) {}
  Status load(Reading reading);
  Status cut_torn_tail(std::string_view tail);
  Status replace_file_by(const std::function<Status(int fd, const std::string& name)>& write);
  Status rewrite();
  bool is_worth_rewriting() const;
  Status make_room();
  Status give_back_room();

  std::string directory_;
  std::string name_;
  UniqueFd fd_;
  Job job_;  // its recipients are in progress_
  std::optional<Progress> progress_;
  std::uint64_t head_octets_ = 0;
  std::string kept_;              // records that are not in the file yet
  std::uint64_t end_ = 0;         // where they go
  std::uint64_t room_end_ = 0;    // zeros up to here were written ahead
  std::uint64_t synced_end_ = 0;  // records up to here are on the disk, and no record says so yet
  unsigned syncs_ = 0;
  std::uint64_t rewritten_octets_ = 0;  // records after the last rewrite
  std::optional<Moment> unsynced_since_;
};

// Whether a job that could not be read may be readable another time; otherwise it is damaged, and set aside when due.
inline bool may_pass(const Error& error) { return error.kind == ErrorKind::again || error.kind == ErrorKind::missing; }

// Of a file that its name still leads to. `damaged`: not a regular file of ours with one name.
Status check_is_ours(const struct stat& status, const std::string& path);

constexpr std::chrono::milliseconds kLongestUnsynced{50};

}  // namespace majlis::spool
