#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "mail/scan/ambiguity.h"

namespace majlis::mail {

// Collects ambiguities: each kind once, in order of appearance.
class Notes {
 public:
  void add(Ambiguity ambiguity) {
    if (has(ambiguity)) return;
    seen_ |= bit_of(ambiguity);
    list_.push_back(ambiguity);
  }
  bool has(Ambiguity ambiguity) const { return (seen_ & bit_of(ambiguity)) != 0; }
  std::vector<Ambiguity> take() { return std::move(list_); }

 private:
  static constexpr std::uint64_t bit_of(Ambiguity ambiguity) {
    return std::uint64_t{1} << static_cast<unsigned>(ambiguity);
  }
  std::uint64_t seen_ = 0;
  std::vector<Ambiguity> list_;
};

}  // namespace majlis::mail
