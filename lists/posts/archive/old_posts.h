#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/list.h"
#include "store/database.h"

namespace majlis::lists {

// A post that was sent out before, elsewhere.
struct OldPost {
  std::string message;
  std::string sender;  // of its envelope
  UnixTime received = 0;
};

// Puts old posts into the months of a list's archive, where they were received. Of two with the same header the archive
// has one: so whoever was stopped begins again, and nothing is there twice.
class OldPosts {
 public:
  OldPosts(const Site& site, const List& list) : site_(&site), list_(&list) {}

  // One transaction. Mail waits meanwhile: some megabytes at a time. Returns how many were new.
  Result<std::size_t> add(const std::vector<OldPost>& posts);

  // Whether add() would find it new; every post once. For a survey, which adds nothing.
  Result<bool> is_new(const OldPost& post);

  // The months that got some: their indexes are made by the next runs of majlis-flush.
  Status schedule_indexes(UnixTime now);

 private:
  Result<bool> is_there(const store::View& state, const std::string& month, const std::string& key);
  Status read_month(const store::View& state, const std::string& month);

  const Site* site_;
  const List* list_;
  std::map<std::string, std::set<std::string>> known_;  // by month: digests of headers
  std::set<std::string> changed_;
};

}  // namespace majlis::lists
