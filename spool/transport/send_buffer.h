#pragma once

#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace majlis::spool {

// Octets on their way to a peer: commands, and messages that are shared and not copied.
class SendBuffer {
 public:
  void add(std::string_view octets);
  // Those in [from, to).
  void add_shared(std::shared_ptr<const std::string> octets, std::size_t from = 0, std::size_t to = std::string::npos);

  bool is_empty() const { return added_ == sent_; }
  std::uint64_t added() const { return added_; }  // since the beginning of the connection
  std::uint64_t sent() const { return sent_; }

  // Commands and short pieces in memory, those of the front piece that were sent included.
  std::size_t octets_held() const;

  static constexpr std::size_t kPieces = 32;
  // The next pieces to send; returns how many.
  std::size_t pieces(std::array<iovec, kPieces>& out) const;
  void take_sent(std::size_t octets);

 private:
  struct Piece {
    std::shared_ptr<const std::string> shared;  // or
    std::string own;
    std::size_t from = 0;  // of the shared octets
    std::size_t to = 0;
    std::string_view octets() const {
      return shared ? std::string_view(*shared).substr(from, to - from) : std::string_view(own);
    }
  };
  std::deque<Piece> pieces_;
  std::size_t front_sent_ = 0;
  std::uint64_t added_ = 0;
  std::uint64_t sent_ = 0;
};

}  // namespace majlis::spool
