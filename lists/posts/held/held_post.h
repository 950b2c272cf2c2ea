#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "lists/site/reasons.h"
#include "store/records.h"

namespace majlis::lists {

// What is known of a post that waits for its moderators, besides what every pending item says: the details of the kind
// "post". The message itself is the file held_file() (moderation.h).
struct HeldPost {
  std::string subject = {};
  std::string message_id = {};
  std::string rule = {};  // why it is held: the rule's word
  Reasons reasons = {};   // for the moderator
  std::uint64_t size_octets = 0;
};

// Whether it is held as what its author meant for the list's manager: there may be a password in it.
bool is_for_manager(const Reasons& reasons);

// As people are shown it: no control characters, none that nobody sees, and no longer than two lines.
std::string shown_subject(const HeldPost& post);

std::string details_of(const HeldPost& post);
Result<HeldPost> read_held_post(const store::PendingItem& item);

}  // namespace majlis::lists
