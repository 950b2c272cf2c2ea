#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "spool/job/progress.h"

namespace majlis::spool {

// The names of those open recipients of a job who have one: as many as one page of a roster, and whoever waits for
// another try.
class MemberNames {
 public:
  // One name for each address, "" for none; a row that is shorter names nobody.
  void add(const std::vector<std::string>& addresses, const std::vector<std::string>& names);
  std::string name_of(const std::string& address) const;  // "" for none
  // Of whoever gets no further try.
  void forget(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes);
  std::size_t size() const { return names_.size(); }

 private:
  std::unordered_map<std::string, std::string> names_;
};

}  // namespace majlis::spool
