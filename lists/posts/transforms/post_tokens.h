#pragma once

#include <optional>

#include "lists/site/config/value_tokens.h"
#include "lists/site/list.h"
#include "mail/address.h"
#include "mail/message.h"

namespace majlis::lists {

enum class SenderAs {
  from_text,  // the From field as people read it, at most 250 octets
  address,    // the author's bare address; empty when there is not exactly one
};
PostTokens tokens_of(const List& list, const mail::Message& message, SenderAs sender);

// The address that a setting says once its tokens are filled in and a missing host is completed; the list's own name is
// the list. nullopt: it says none.
std::optional<mail::Address> address_from_tokens(const List& list, const mail::Message& message, Setting setting);

}  // namespace majlis::lists
