#pragma once

#include <string>
#include <string_view>

#include "auth/token.h"
#include "lists/effects/letters.h"
#include "tongues/dialect.h"

namespace majlis::lists {

// A letter that asks an address to confirm something, with a token that only it gets.

// What an address is asked to confirm: a command, and for "set" its option; or that a post is its own.
struct ChallengedAction {
  std::string verb;  // "subscribe", "unsubscribe", "set", "confirm", kConfirmPost
  std::string option;
  std::string details = {};  // of "subscribe": how (lists/members/join_as.h); "" = nothing was said
};
constexpr std::string_view kConfirmPost = "post";

// Where the answer to a letter goes, and in which words.
struct AnswerPlace {
  std::string server;  // the address that takes commands
  const tongues::Dialect* dialect;
};
// For letters that no command caused: LIST-request, in the tongue of the list's `dialect`.
AnswerPlace answer_place_of(const List& list);

// A list as its tokens name it (lists/site/former_names.h): what was mailed about a list that was removed, or has
// another name now, is good for none that comes after it by the same name. "" for none.
Result<std::string> token_name(const store::View& state, const std::string& list_address);

// What a token for it permits; `list`: its token_name().
auth::TokenGrant grant_of(const std::string& list, const ChallengedAction& action, const mail::Address& address);

// A token for what `grant` says that was not used before; it expires then or within two days after.
struct FreshToken {
  std::string token;
  UnixTime expires;
};
Result<FreshToken> unused_token(Work& work, const auth::TokenGrant& grant, UnixTime expires);

// A letter to `address` that asks it to confirm the action: text "challenge_VERB", the token, how to answer. The caller
// may change the text and sends it. The token is one that was not used before and expires then or within two days
// after.
struct TokenLetter {
  Correspondence letter;
  FreshToken token;
};
Result<TokenLetter> write_token_letter(Work& work, const List& list, const ChallengedAction& action,
                                       const mail::Address& address, const AnswerPlace& place, UnixTime expires);

// Under which the store remembers (as seen by the list) that such a letter is open.
std::string challenge_key(const ChallengedAction& action, const mail::Address& address);

}  // namespace majlis::lists
