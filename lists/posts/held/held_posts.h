#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/list.h"

namespace majlis::lists {

// A post that waits for its moderator, as whoever is in charge sees it.
struct HeldPostView {
  std::string id;
  std::string sender;  // author's address, canonical; may be empty
  std::string subject;
  std::string message_id;
  std::string rule;    // why it is held: the rule's word
  std::string reason;  // in words for the moderator
  std::uint64_t size_octets = 0;
  UnixTime held = 0;
  UnixTime expires = 0;
};

// By id, strictly behind `behind` ("" = from the first); empty at the end. A page has an opening of the store of its
// own: walked to its end, every post that waited all the time was there exactly once.
Result<std::vector<HeldPostView>> held_posts_page(const Site& site, const List& list, const std::string& behind);

// The message of a post as it came in; missing when none of that id waits.
Result<std::string> held_message(const Site& site, const List& list, const std::string& id);

}  // namespace majlis::lists
