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

// What waits at a list for those in charge, the oldest first; of more than 1,000 any.
Result<std::vector<store::PendingItem>> oldest_pending(const store::View& state, const std::string& list);

// What waits under an id, of one list ("" = of whichever); nullopt: nothing does. refused, naming them, when something
// does in several lists.
Result<std::optional<store::PendingItem>> find_pending_under(const store::View& state, std::string_view list,
                                                             std::string_view id);
Result<std::optional<Waiting>> find_waiting_under(const Site& site, std::string_view list, std::string_view id);

// At most so many a word for all decides about.
constexpr std::size_t kMaxItemsOfWord = 50;

// What a moderation word is about.
struct ItemsOfWord {
  ListName list;
  std::vector<std::string> ids;  // one; of a word for all those that wait still, the oldest first
  bool is_for_all = false;
  std::size_t left = 0;  // of a word for all: what waits still besides `ids`
};
// Of a word that was sent to `list` or, without one, to the site's own address: then `state` is asked where something
// of its id waits, and a word for all is not known. It may be nullptr for a word about one that was sent to a list, and
// perhaps nothing waits then. nullopt: the word is right for nothing at `now`.
Result<std::optional<ItemsOfWord>> items_of_word(const Site& site, const store::View* state,
                                                 const std::optional<ListName>& list, std::string_view word,
                                                 UnixTime now);

// The list where it waits.
Result<List> list_of(const Site& site, const store::PendingItem& item);

}  // namespace majlis::lists
