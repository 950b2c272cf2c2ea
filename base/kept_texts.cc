#include "base/kept_texts.h"

#include <algorithm>

namespace majlis {
namespace {

constexpr std::size_t kBlockOctets = 256 * 1024;

}  // namespace

char* KeptTexts::make_room(std::size_t octets) {
  if (octets > left_) {
    left_ = std::max(octets, kBlockOctets);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    free_ = blocks_.back().get();
  }
  char* const room = free_;
  free_ += octets;
  left_ -= octets;
  return room;
}

}  // namespace majlis
