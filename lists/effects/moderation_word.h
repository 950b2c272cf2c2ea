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

// The word with which somebody decides at once about all that a reminder lists: what began to wait before `before` and
// waits still. No word of the other kind is one of this, nor the other way round.
std::string moderation_word_for_all(const Site& site, const List& list, UnixTime before, UnixTime expires);
// `before`, when the word is right for `list` (its address) at `now`.
std::optional<UnixTime> check_moderation_word_for_all(const Site& site, const std::string& list, std::string_view word,
                                                      UnixTime now);

// A valid word somewhere in `message` and what it is about: a moderator's notice, sent on.
struct FoundModerationWord {
  std::string id;
  bool is_accept_line = false;  // the line is "accept WORD", as in the notice itself
};
std::optional<FoundModerationWord> find_moderation_word(const Site& site, const List& list,
                                                        const mail::Message& message, UnixTime now);

}  // namespace majlis::lists
