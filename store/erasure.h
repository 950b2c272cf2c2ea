#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "mail/address.h"
#include "store/records.h"

namespace majlis::store {

// A person whom no row is to name any more.
struct Erasure {
  mail::Address address;
  std::string ban;                                   // stands in bans in the place of the address
  std::function<bool(std::string_view text)> is_in;  // whether a text, or any octets, name the person
  // A text without the person.
  std::function<std::string(std::string_view text)> without;
  // The details of a pending item without the person.
  std::function<std::string(const PendingItem& item)> details;
};

// How many rows went or were changed, by what they are: "member", "trace", ...
using ErasedRows = std::map<std::string_view, std::size_t>;

}  // namespace majlis::store
