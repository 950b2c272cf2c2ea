#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "spool/job/points.h"
#include "spool/job/progress.h"

namespace majlis::spool {

// The own words of those open recipients of a job who have some: as many as one page of a roster, and whoever waits for
// another try.
class RecipientWords {
 public:
  // One for each address; a row that is shorter leaves the rest without.
  void add(const std::vector<std::string>& addresses, const std::vector<OwnWords>& words);
  OwnWords of(const std::string& address) const;
  // Of whoever gets no further try.
  void forget(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes);
  std::size_t size() const { return words_.size(); }

 private:
  std::unordered_map<std::string, OwnWords> words_;
};

}  // namespace majlis::spool
