#pragma once

#include <optional>
#include <string>

#include "lists/effects/work.h"
#include "lists/site/list.h"
#include "mail/address.h"

namespace majlis::lists {

// A member as which somebody posts.
struct Poster {
  std::string list;  // where it is a member: this list, or its list of digests
  store::Member member;
};
// By the address itself, or with fold_subaddresses by one that differs by what stands behind '+', or by either at
// another domain of its group in equivalent_domains; of several such
// members the first, with the options moderated and nopost of any. nullopt: there is none.
Result<std::optional<Poster>> find_poster(Work& work, const List& list, const mail::Address& address);

}  // namespace majlis::lists
