#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "lists/effects/pending.h"

namespace majlis::lists {

// Something that waits, as a person is shown it.
struct Waiting {
  store::PendingItem item;
  PendingDescription description;
};

// A page of what waits, of one list ("" = of every one), by list and id, strictly behind one (nullptr: from the first);
// empty at the end. A page has an opening of the store of its own: walked to its end, everything that waited all the
// time was there exactly once.
Result<std::vector<Waiting>> waiting_page(const Site& site, std::string_view list, const store::PendingItem* behind);

// What waits under an id, of one list ("" = of whichever); nullopt: nothing does. refused, naming them, when something
// does in several lists.
Result<std::optional<store::PendingItem>> find_pending_under(const store::View& state, std::string_view list,
                                                             std::string_view id);
Result<std::optional<Waiting>> find_waiting_under(const Site& site, std::string_view list, std::string_view id);

// What a moderation word is about.
struct ItemOfWord {
  ListName list;
  std::string id;
};
// Of a word that was sent to `list` or, without one, to the site's own address: then `state` is asked where something
// of its id waits; else it may be nullptr, and perhaps nothing does. nullopt: the word is right for nothing at `now`.
Result<std::optional<ItemOfWord>> item_of_word(const Site& site, const store::View* state,
                                               const std::optional<ListName>& list, std::string_view word,
                                               UnixTime now);

// The list where it waits.
Result<List> list_of(const Site& site, const store::PendingItem& item);

}  // namespace majlis::lists
