#pragma once

#include <string_view>

#include "lists/effects/work.h"

namespace majlis::lists {

enum class PasswordCheck {
  none,  // none was given
  right,
  wrong,
  throttled,  // too many wrong ones this hour from this sender or for this list: not even looked at
};

// One Argon2id verification (about 50 ms) at most, after the cheap refusals: no password set, impossible length, too
// many failures (of strangers; one who writes from an owner's or moderator's address is shut out by neither of their
// limits). `requester` is a canonical address. Takes no lock for long; call it before Work::begin(). Error again:
// memory or disk.
Result<PasswordCheck> check_admin_password(const Site& site, const List& list, std::string_view password,
                                           std::string_view requester, UnixTime now);
// As above; a post may be approved by the approve password or the admin password (Majordomo's rule). Both are tried
// only when both are set.
Result<PasswordCheck> check_post_password(const Site& site, const List& list, std::string_view password,
                                          std::string_view requester, UnixTime now);

// Counts a wrong one without a word to anybody: what was looked at was perhaps not meant as a password.
Status count_wrong_password(Work& work, const List& list, std::string_view requester);

// Counts the failure for list and requester and warns the owner once a day.
Status note_wrong_password(Work& work, const List& list, std::string_view requester);

}  // namespace majlis::lists
