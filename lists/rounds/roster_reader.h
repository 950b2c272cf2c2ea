#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "lists/site/site.h"
#include "spool/flush_help.h"
#include "store/records.h"

namespace majlis::lists {

// The members of a list as of a post, without those who want or get no mail, a page at a time. Reads ahead, so that a
// big roster does not cost an opening of the store for every page: a page may be up to kLongestAhead older than the
// call that asks for it. While the store is open, no subscription can be written; so it is open for a reading only.
class RosterReader {
 public:
  // `site` must outlive it.
  explicit RosterReader(const Site& site) : site_(&site) {}

  // A page has `max` recipients (1 or more) unless the list ends with it. `missing`: the list as of the query was
  // removed. `damaged` when the query cannot be understood, else as store::Reader.
  Result<spool::RosterPage> page(const spool::RosterQuery& query, const spool::RosterPlace& place, std::size_t max);

 private:
  // What words are made of, once the store is closed.
  struct Facts {
    std::string name;
    store::ChangeNumber joined_at = 0;
  };

  void take(std::size_t max, spool::RosterPage& page);
  Status read(const spool::RosterQuery& query, const spool::RosterPlace& place);
  bool stands_at(const spool::RosterQuery& query, const spool::RosterPlace& place) const;

  const Site* site_;
  spool::RosterQuery query_;
  std::string behind_;  // where those that were not handed out yet begin
  std::string until_;
  std::vector<std::string> recipients_;  // from next_ on
  std::vector<Facts> facts_;             // of the same, where the query wants words
  std::size_t next_ = 0;
  std::string cursor_;  // behind them all
  std::chrono::steady_clock::time_point read_at_;
};

constexpr std::chrono::seconds kLongestAhead{1};

}  // namespace majlis::lists
