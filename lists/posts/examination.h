#pragma once

#include <memory>
#include <optional>
#include <string>

#include "lists/effects/arrival.h"
#include "lists/effects/domain_policies.h"
#include "lists/effects/moderation_word.h"
#include "lists/effects/password_check.h"
#include "lists/posts/held/moderation.h"
#include "lists/posts/reading/approved.h"
#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// Words in a post that are no password of the list.
enum class WrongWords {
  none,
  perhaps_none,       // "Approve whatever you like": perhaps not meant as one
  given_as_password,  // a whole command of owners, a line "Approved: WORD"
};

// A post, and everything about it that is slow to find out and needs no state: MIME in a child, at most one password
// hash, secrets, patterns, the scanner, the copies that go out. It is made before Work::begin(), so that nobody waits
// for it.
struct ExaminedPost {
  ApprovedPost post;
  PasswordCheck check = PasswordCheck::none;
  std::string marked_hash;  // of a right password that had no mark
  WrongWords wrong_words = WrongWords::none;
  bool has_looked_for_own_password = false;       // of the author, in the text
  std::optional<FoundModerationWord> moderation;  // of a waiting post: its notice, sent on
  std::optional<Release> approved;                // of that post, when the password approves it
  std::string identity;                           // by which the list knows that it has had this post; "" without one
  PostFacts facts;                                // of `post` where it lies
  Findings findings;
  std::optional<Copies> copies;      // when it may be accepted
  std::optional<AskedPolicy> asked;  // of the author's domain, to be remembered; that of `copies` is theirs

  // Whether Majordomo's approve tool sends the moderator's notice back, with the password: it means the post that
  // waits.
  bool approves_held_post() const { return check == PasswordCheck::right && moderation && moderation->is_accept_line; }
  // Who sent in, with the right password, what somebody else wrote: hears what becomes of it.
  std::optional<mail::Mailbox> approver;
  // Whom wrong passwords are counted against; "" without one author.
  std::string requester() const;
  std::string sender() const;  // the same of who sent it in
};

// An Error (again): memory, disk, no child.
Result<std::unique_ptr<ExaminedPost>> examine(const Site& site, const List& list, const Arrival& arrival);

// What examine() leaves out where the store is held by another for long: whether the author's personal password stands
// in the post.
Status look_for_own_password(const Site& site, const store::View& state, ExaminedPost& examined);

}  // namespace majlis::lists
