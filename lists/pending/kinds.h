#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lists/effects/pending.h"
#include "lists/posts/distribution/copies.h"

namespace majlis::lists {

// What there is to know of one kind of pending item. A further kind is a row in kinds.cc, and the functions it names.
struct PendingKind {
  std::string_view word;  // PendingItem::kind
  // Does what the ruling means, tells who is to hear of it, and removes the item. Its error keeps the item. `copies`:
  // of a post, where they were made before.
  Status (*settle)(Work& work, const List& list, const store::PendingItem& item, const Ruling& ruling,
                   std::optional<Copies> copies);
  // The Subject of the notice that told those in charge of it.
  std::string (*notice_subject)(const Work& work, const List& list, const store::PendingItem& item);
  // The item in the daily reminder, with the lines that decide about it.
  std::string (*summary)(const Work& work, const List& list, const store::PendingItem& item);
  Result<PendingDescription> (*describe)(const store::PendingItem& item);
};

// damaged: a kind that this version does not know.
Result<const PendingKind*> find_kind(const store::PendingItem& item);

}  // namespace majlis::lists
