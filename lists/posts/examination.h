#pragma once

#include <memory>
#include <optional>
#include <string>

#include "lists/effects/arrival.h"
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
// hash, secrets, patterns. It is made before Work::begin(), so that nobody waits for it.
struct ExaminedPost {
  ApprovedPost post;
  PasswordCheck check = PasswordCheck::none;
  std::string marked_hash;  // of a right password that had no mark
  WrongWords wrong_words = WrongWords::none;
  std::optional<FoundModerationWord> moderation;  // of a waiting post: its notice, sent on
  std::string identity;                           // by which the list knows that it has had this post
  PostFacts facts;                                // of `post` where it lies
  Findings findings;

  // Whom wrong passwords are counted against; "" without one author.
  std::string requester() const;
};

// An Error (again): memory, disk, no child.
Result<std::unique_ptr<const ExaminedPost>> examine(const Site& site, const List& list, const Arrival& arrival);

}  // namespace majlis::lists
