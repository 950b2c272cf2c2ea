#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

struct Inflated {
  std::string octets;
  bool is_whole = false;  // its end was reached, and it is not damaged
};

enum class Stream {
  raw,   // deflate (RFC 1951), as a ZIP holds it
  gzip,  // RFC 1952; of several members one behind the other all
};

// At most `max_octets` of what was compressed.
Inflated inflate(Stream form, std::string_view compressed, std::size_t max_octets);

}  // namespace majlis::mail
