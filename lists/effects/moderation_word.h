#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lists/site/list.h"
#include "lists/site/site.h"
#include "mail/message.h"
#include "store/records.h"

namespace majlis::lists {

// The word with which somebody decides about what waits: the item's id and a token over it, whatever its kind.
std::string moderation_word(const Site& site, const store::PendingItem& item);
// The id when the word is right for an item of `list` (its address) at `now`; wrong, expired and foreign words give
// nullopt alike.
std::optional<std::string> check_moderation_word(const Site& site, const std::string& list, std::string_view word,
                                                 UnixTime now);

// A valid word somewhere in `message` and what it is about: a moderator's notice, sent on.
struct FoundModerationWord {
  std::string id;
  bool is_accept_line = false;  // the line is "accept WORD", as in the notice itself
};
std::optional<FoundModerationWord> find_moderation_word(const Site& site, const List& list,
                                                        const mail::Message& message, UnixTime now);

}  // namespace majlis::lists
