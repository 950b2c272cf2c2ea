#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address.h"

namespace majlis::mail {

struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// What "ann@example.org.pdf" is: somebody else's address, or a name that begins with one.
enum class SearchIn { text, names };

// Where one of the addresses stands in `text`, in order, without overlaps: whatever its letters' case, also with its
// '@' written as in links (%40) and in HTML (&#64;, &#x40;, &commat;), and its domain as people write it (IDNA). Not
// where it is the end or the beginning of another address. Linear in `text` for a few addresses.
std::vector<TextRange> find_addresses(std::string_view text, std::span<const Address> addresses,
                                      SearchIn where = SearchIn::text);

std::string with_replaced(std::string_view text, std::span<const TextRange> ranges, std::string_view replacement);

}  // namespace majlis::mail
