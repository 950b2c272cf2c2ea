#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "lists/members/moved_members.h"

namespace majlis::lists {

// What members of a list that moves in are mailed, where whoever moves it asks for that.
enum class MovingLetters {
  none,
  welcome,  // to each who became a member by it
  invite,   // nobody became one: each is asked, and joins by the answer
};

// Letters of one run for one list; the queue has to send them.
constexpr std::size_t kMaxMovingLetters = 5'000;
// That an invitation is good for, and within which nobody gets another one for the list.
constexpr UnixTime kInvitationLife = 7 * 24 * 3600;
constexpr UnixTime kInvitedLife = 365 * 24 * 3600;

// Mails what is due, so many letters a transaction, each once: killed anywhere, a further run goes on. An invitation
// counts with what the mailbox may be asked in a day. Returns how many are still due.
Result<std::size_t> send_moving_letters(const Site& site, const List& list, std::span<const MovedMember> members,
                                        MovingLetters letters, UnixTime now,
                                        const std::function<void(std::size_t done)>& told);

}  // namespace majlis::lists
