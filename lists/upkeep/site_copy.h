#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/site/site.h"
#include "lists/upkeep/file_copy.h"

namespace majlis::lists {

using Progress = std::function<void(std::size_t done, std::size_t all)>;

// Copies a site's files, to be called twice: first for all of them while mail goes on, then, while nothing of the site
// changes but its jobs, for what has changed since. `to` has the folders db and spool/hold.
class SiteCopy {
 public:
  SiteCopy(const Site& site, std::string to) : site_(&site), to_(std::move(to)) {}

  // `state` is the reader whose lock keeps everything as it is; nullptr the first time.
  Status copy_files(const store::Reader* state, const Progress& progress);
  Status copy_jobs();
  Status copy_database() const;

  std::uint64_t jobs() const { return jobs_.size(); }
  // Below the site: links and the like, which nobody follows.
  const std::vector<std::string>& left_out() const { return left_out_; }

 private:
  struct Copied {
    FileMark mark;
    std::uint64_t octets = 0;  // of an archive: that will never change
    bool is_settled = false;   // another change would show in the mark
  };
  using CopiedFiles = std::map<std::string, Copied, std::less<>>;
  using Lengths = std::map<std::string, std::uint64_t, std::less<>>;

  std::string source(std::string_view path) const { return site_->directory() + "/" + std::string(path); }
  std::string target(std::string_view path) const { return to_ + "/" + std::string(path); }
  Result<Lengths> archived_lengths(const store::Reader* state, const std::vector<std::string>& paths) const;
  Status copy_one(const std::string& from, const std::string& path, std::uint64_t archived, CopiedFiles& copied) const;
  Status forget_others(CopiedFiles& copied, const std::set<std::string, std::less<>>& there) const;
  Status copy_folders(const std::vector<std::string>& there);

  const Site* site_;
  std::string to_;
  CopiedFiles files_;
  CopiedFiles jobs_;
  std::vector<std::string> folders_;
  std::vector<std::string> left_out_;
};

}  // namespace majlis::lists
