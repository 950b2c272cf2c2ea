#pragma once

#include <string_view>

#include "auth/password_mark.h"
#include "lists/effects/work.h"

namespace majlis::lists {

enum class PasswordCheck {
  none,  // none was given
  right,
  wrong,
  of_posts,   // where the admin password is wanted: it is the approve password
  throttled,  // too many wrong ones this hour from this sender or for this list: not even looked at
};

// One Argon2id verification (about 50 ms) at most, after the cheap refusals: no password set, impossible length, a mark
// (auth/password_mark.h) of another word, too many failures (of strangers; one who writes from an owner's or
// moderator's address is shut out by neither of their limits). `requester` is a canonical address. Takes no lock for
// long; call it before Work::begin(). Error again: memory or disk.
Result<PasswordCheck> check_admin_password(const Site& site, const List& list, std::string_view password,
                                           std::string_view requester, UnixTime now);
// As above; a post may be approved by the approve password or the admin password (Majordomo's rule). Two verifications
// only where both are set and have no marks: before they were first given right since their site has marks.
// `marked`: the hash with its mark, where it was right and had none: for keep_mark().
Result<PasswordCheck> check_post_password(const Site& site, const List& list, std::string_view password,
                                          std::string_view requester, UnixTime now, std::string* marked = nullptr);

// The mark of a password that was given right, beside its hash when that is still the list's.
Status keep_mark(Work& work, const List& list, std::string_view marked);

// The marks of the list's passwords: for what must not leave, not as a proof.
auth::PasswordMarks marks_of(const Site& site, const List& list);

// Whether it is the address of an owner or moderator, who may hear what is the matter with a password. Letters about it
// go to that address, whoever wrote in its name.
bool is_in_charge(const List& list, std::string_view requester);

// Whether it is the address of an owner.
bool is_owner(const List& list, const mail::Address& address);

// Counts a wrong one without a word to anybody: what was looked at was perhaps not meant as a password.
Status count_wrong_password(Work& work, const List& list, std::string_view requester);

// Counts the failure for list and requester and warns the owner once a day.
Status note_wrong_password(Work& work, const List& list, std::string_view requester);

// A post held a right password and was kept back: warns the owner once a day, and counts it as a failure of whoever is
// not in charge, for it may be a guess.
Status note_password_in_post(Work& work, const List& list, std::string_view requester);
// The same of one in a mail of commands, where none has it.
Status note_password_in_command(Work& work, const List& list, std::string_view requester);

}  // namespace majlis::lists
