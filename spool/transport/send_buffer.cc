#include "spool/transport/send_buffer.h"

#include <algorithm>
#include <cassert>

namespace majlis::spool {
namespace {

constexpr std::size_t kMaxOwnOctets = 64 * 1024;  // of a piece; what was sent of it goes with its last octet

}  // namespace

void SendBuffer::add(std::string_view octets) {
  if (octets.empty()) return;
  added_ += octets.size();
  // The front piece may be in the kernel's hands halfway, but it is only ever read by offset.
  const bool may_join = !pieces_.empty() && !pieces_.back().shared && pieces_.back().own.size() < kMaxOwnOctets;
  if (may_join) {
    pieces_.back().own += octets;
    return;
  }
  pieces_.push_back(Piece{nullptr, std::string(octets)});
}

void SendBuffer::add_shared(std::shared_ptr<const std::string> octets, std::size_t from, std::size_t to) {
  to = std::min(to, octets->size());
  if (to <= from) return;
  added_ += to - from;
  pieces_.push_back(Piece{std::move(octets), {}, from, to});
}

std::size_t SendBuffer::pieces(std::array<iovec, kPieces>& out) const {
  std::size_t count = 0;
  for (const Piece& piece : pieces_) {
    if (count == kPieces) break;
    std::string_view octets = piece.octets();
    if (count == 0) octets.remove_prefix(front_sent_);
    // sendmsg(2) does not write through iov_base.
    out[count++] = iovec{const_cast<char*>(octets.data()), octets.size()};
  }
  return count;
}

std::size_t SendBuffer::octets_held() const {
  std::size_t octets = 0;
  for (const Piece& piece : pieces_) octets += piece.own.size();
  return octets;
}

void SendBuffer::take_sent(std::size_t octets) {
  sent_ += octets;
  front_sent_ += octets;
  while (!pieces_.empty() && front_sent_ >= pieces_.front().octets().size()) {
    front_sent_ -= pieces_.front().octets().size();
    pieces_.pop_front();
  }
  assert(!pieces_.empty() || front_sent_ == 0);
}

}  // namespace majlis::spool
