#pragma once

#include <string>

#include "lists/effects/work.h"
#include "lists/site/list.h"

namespace majlis::lists {

// A post that waited for moderators of another system.
struct MovedPost {
  std::string message;
  std::string message_id;
  std::string sender;  // as that system knew it
  std::string subject;
  std::string reason;  // why it waited, in that system's words
  UnixTime since = 0;
  std::string place;  // what tells it from others of its list
};

// Waits here now, as long as any other post; nobody is told. Once a post of that place and time has waited it does not
// wait again, whatever became of it. Whether it was new.
Result<bool> hold_moved_post(Work& work, const List& list, const MovedPost& post);

// Under which it waits.
std::string moved_post_id(const Site& site, const List& list, const std::string& place, UnixTime since);

}  // namespace majlis::lists
