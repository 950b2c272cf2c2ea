#pragma once

#include "lists/site/config/value_tokens.h"
#include "lists/site/list.h"
#include "mail/message.h"

namespace majlis::lists {

enum class SenderAs {
  from_text,  // the From field as people read it, at most 250 octets
  address,    // the author's bare address; empty when there is not exactly one
};
PostTokens tokens_of(const List& list, const mail::Message& message, SenderAs sender);

}  // namespace majlis::lists
