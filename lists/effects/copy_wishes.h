#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/effects/work.h"
#include "mail/message.h"

// The member options that speak of single posts: norepro and nodupes (no copy for this member), ack (word that it went
// out).
namespace majlis::lists {

// Whom such options are looked up for.
struct PostPeople {
  std::optional<mail::Address> author;
  std::vector<mail::Address> named;  // in To and Cc, each once, at most spool::kMaxExcept - 1
  std::string message_id, subject;   // by which the author knows it
  bool is_from_robot = false;        // no letter goes there
};
PostPeople people_of(const mail::Message& post, std::string_view envelope_sender);

// The members that get no copy, in the spelling of the roster. One look-up for each of the people.
Result<std::vector<std::string>> members_without_copy(Work& work, const List& list, const PostPeople& people);
// Whether its author is a member who wants to be told that it went out, and may be written to.
Result<bool> wants_to_be_told(Work& work, const List& list, const PostPeople& people);

}  // namespace majlis::lists
