#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/effects/work.h"
#include "lists/posts/distribution/copies.h"

namespace majlis::lists {

// What goes out of a post whose author has confirmed: judged as any other, for no moderator has approved it. Slow, and
// asks no state: to be made before Work::begin(). nullopt: its file is not there (any more).
Result<std::optional<Copies>> copies_of_confirmed(const Site& site, const List& list, std::string_view id,
                                                  const CopyFacts& facts);

// An author's posts that wait for its answer; empty when the token is not right for that.
Result<std::vector<std::string>> ids_confirmed_by(const Site& site, const ListName& list, const mail::Address& author,
                                                  std::string_view token, UnixTime now);

// The copies that were made before, by id.
using MadeCopies = std::function<std::optional<Copies>(std::string_view id)>;

// What became of an author's posts.
struct Released {
  std::size_t sent = 0;
  std::size_t to_moderators = 0;
};
// The author has confirmed: all of its posts that wait for that go out, or wait for the moderators from now on, where
// something else holds them: what was found when they came, or the list is stopped, or flooded by now. Those of an
// address that is banned by now are dropped.
Result<Released> release_posts(Work& work, const List& list, const mail::Address& author, const MadeCopies& made);

}  // namespace majlis::lists
