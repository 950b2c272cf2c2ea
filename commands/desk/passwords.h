#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/desk/list_lookup.h"
#include "lists/effects/password_check.h"
#include "lists/site/list.h"
#include "tongues/request.h"

namespace majlis::commands {

// Argon2id operations of one message, 50 ms each.
constexpr std::size_t kMaxPasswordChecks = 4;
constexpr std::size_t kMaxNewPasswords = 4;

// What was found out about the passwords in one message before its work began: hashing is slow, and the site's lock is
// not held for it. Of several passwords each is looked at once for each list; nothing is looked at behind a wrong one,
// so one message makes one guess.
class Passwords {
 public:
  enum class Answer {
    right,
    wrong,
    of_posts,  // the approve password, where the admin password is wanted
    throttled,
    not_checked,  // it stood behind a wrong one, or behind kMaxPasswordChecks others
  };

  Passwords() = default;
  // `requester`: who writes. Error: memory, disk, or a list that cannot be opened.
  static Result<Passwords> check(const lists::Site& site, const ListLookup& lookup,
                                 const std::vector<tongues::Request>& requests, const mail::Address& requester,
                                 UnixTime now);

  // About the list as it is now: a password that was changed meanwhile is not right any more.
  Answer ask(const lists::List& list, std::string_view password) const;
  // Whether it is this person's own for the site, whose hash is this now.
  Answer ask_personal(const mail::Address& person, std::string_view hash, std::string_view password) const;
  bool any_right() const;
  // Whether this word was given as a password, right or wrong, or as a new one.
  bool knows(std::string_view word) const;
  const std::optional<lists::ListName>& wrong_for() const { return wrong_for_; }
  // Whose own one was not; it may have been meant so, where that person has one.
  const std::optional<mail::Address>& wrong_for_person() const { return wrong_for_person_; }
  bool has_personal() const { return has_personal_; }

  // The hash of a new password that stands in the message; refused with the reason.
  Result<std::string> hash_of(std::string_view password) const;
  // From here on this one is right for the list.
  void accept_new(const lists::ListName& list, std::string_view password, std::string_view hash);

 private:
  struct Checked {
    std::optional<lists::ListName> list;  // nullopt: as a person's own
    std::string person;                   // whose; "" of a list
    std::string password;
    std::string hash;  // of the list, or the person, when it was checked
    Answer answer;
  };
  class Reading;
  std::vector<Checked> checked_;
  std::optional<lists::ListName> wrong_for_;
  std::optional<mail::Address> wrong_for_person_;
  bool has_personal_ = false;
  std::map<std::string, Result<std::string>, std::less<>> hashes_;
};

}  // namespace majlis::commands
