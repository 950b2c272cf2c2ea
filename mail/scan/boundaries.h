#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/scan/notes.h"

namespace majlis::mail {

// The multiparts that are open at one place of a message, outermost first. At most max_depth + 1 of them.
class Boundaries {
 public:
  enum class Kind { none, delimiter, closing };
  struct Match {
    Kind kind = Kind::none;
    std::size_t level = 0;
    bool goes_on = false;  // a boundary stands there, and more behind it
  };
  struct Open {
    std::string boundary;
    std::uint64_t head = 0;  // its first eight octets, so that most lines cost one comparison each
    std::uint64_t mask = 0;
    std::uint64_t tail = 0;  // its last eight octets when it has more than eight, so that most others cost two
    int part = -1;
    bool is_found = false;  // a delimiter was seen
  };

  void push(std::string boundary, int part, Notes& notes);
  void pop() { open_.pop_back(); }
  bool empty() const { return open_.empty(); }
  std::size_t size() const { return open_.size(); }
  Open& operator[](std::size_t level) { return open_[level]; }

  // Whether `line` (without line end, beginning with "--") is a delimiter line of an open multipart, innermost first. A
  // line that goes on behind the boundary is none, and is noted: readers differ (RFC 2046 5.1.1 would take it).
  Match match(std::string_view line, Notes& notes) const;

 private:
  std::vector<Open> open_;
};

// A line that a reader with another idea of the boundary could take for a delimiter.
bool looks_like_delimiter(std::string_view line);

// Octets RFC 2046 5.1.1 allows in a boundary.
bool is_boundary_octet(char c);

}  // namespace majlis::mail
