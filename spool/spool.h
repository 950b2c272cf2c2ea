#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace majlis::spool {

// The receiver's alarm (bin/majlis_receive.cc) is shorter than this: what is older in tmp/ belongs to nobody alive.
constexpr UnixTime kSweepAge = 2 * 3600;

// The site's spool/ with tmp/ new/ later/ bad/. Safe for many processes. What is to be published comes to tmp/ by a
// Staging (spool/job/staging.h).
class Spool {
 public:
  explicit Spool(std::string directory) : directory_(std::move(directory)) {}

  static Status create(const std::string& directory);  // the four folders, mode 0700
  const std::string& directory() const { return directory_; }

  // tmp/NAME becomes `target` (absolute, same file system). A NAME that is no longer in tmp/ was published before: ok.
  // The caller syncs the target's directory.
  Status publish(std::string_view name, const std::string& target) const;

  // For what no MTA repeats: names in tmp/ that `is_known` (a receipt names them) are given to `finish`, others are
  // removed once older than kSweepAge. Names that are none of ours go to bad/.
  Status finish_staged(UnixTime now, const std::function<Result<bool>(std::string_view name)>& finish) const;

  // What lies in bad/, without the reasons beside it.
  struct Sum {
    std::uint64_t files = 0;
    std::uint64_t octets = 0;
  };
  Result<Sum> sum_of_bad() const;

  // Moves or writes something that cannot be handled into bad/ with its reason beside it (NAME.why). Never deletes.
  Status set_aside(std::string_view name, std::string_view bytes, std::string_view reason) const;
  // The same for something that lies at `path` on the same file system.
  Status move_aside(const std::string& path, std::string_view name, std::string_view reason) const;

 private:
  std::string directory_;
};

}  // namespace majlis::spool
