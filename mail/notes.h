#pragma once

#include <vector>

#include "mail/scan.h"

namespace majlis::mail {

// Collects ambiguities: each kind once, in order of appearance.
class Notes {
 public:
  void add(Ambiguity ambiguity) {
    const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(ambiguity);
    if ((seen_ & bit) != 0) return;
    seen_ |= bit;
    list_.push_back(ambiguity);
  }
  std::vector<Ambiguity> take() { return std::move(list_); }

 private:
  std::uint64_t seen_ = 0;
  std::vector<Ambiguity> list_;
};

}  // namespace majlis::mail
