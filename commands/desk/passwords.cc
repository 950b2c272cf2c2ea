#include "commands/desk/passwords.h"

#include <algorithm>
#include <set>

#include "auth/password.h"
#include "auth/password_mark.h"
#include "commands/desk/line_list.h"
#include "lists/effects/personal_password.h"
#include "lists/site/config/config_fault.h"

namespace majlis::commands {
namespace {

using lists::PasswordCheck;
using tongues::Request;
using tongues::Secrets;
using tongues::Verb;

// A password a request gives, and the list it is for.
struct Claim {
  std::optional<lists::ListName> list;  // nullopt: none
  std::string password;
  std::optional<mail::Address> person = std::nullopt;  // whose own it may be
};

std::optional<Claim> claim_in(const Request& request, const ListLookup& lookup, const mail::Address& requester) {
  if (!request.password.empty()) {
    Claim claim{list_of_line(lookup, request), request.password, person_of_password(request, requester)};
    return claim.list || claim.person ? std::optional(std::move(claim)) : std::nullopt;
  }
  if (request.secrets == Secrets::password_before) {
    if (request.inner.empty()) return std::nullopt;
    const NamedTarget target = lookup.name_target(request.inner.front().arguments, 0);
    return target.list ? std::optional(Claim{*target.list, request.arguments.front()}) : std::nullopt;
  }
  if (!tongues::is_owners(request.secrets)) return std::nullopt;
  const NamedTarget target = lookup.name_target(request.arguments, request.own_arguments);
  if (!target.list || target.rest.empty()) return std::nullopt;
  const bool is_last = request.secrets == Secrets::password_last;
  return Claim{*target.list, is_last ? target.rest.back() : target.rest.front()};
}

bool is_newconfig(const Request& request) {
  if (request.secrets != Secrets::password_before) return request.verb == Verb::newconfig;
  return !request.inner.empty() && request.inner.front().verb == Verb::newconfig;
}

Passwords::Answer answer_for(PasswordCheck check) {
  switch (check) {
    case PasswordCheck::right: return Passwords::Answer::right;
    case PasswordCheck::throttled: return Passwords::Answer::throttled;
    case PasswordCheck::of_posts: return Passwords::Answer::of_posts;
    case PasswordCheck::wrong:
    case PasswordCheck::none: return Passwords::Answer::wrong;
  }
  return Passwords::Answer::wrong;
}

}  // namespace

// Goes through the requests in their order.
class Passwords::Reading {
 public:
  Reading(const lists::Site& site, const ListLookup& lookup, const mail::Address& requester, UnixTime now)
      : site_(&site), lookup_(&lookup), requester_(&requester), now_(now) {}

  Status read(const Request& request) {
    const std::optional<Claim> claim = claim_in(request, *lookup_, *requester_);
    if (claim) {
      Status checked = claim->person ? look_at_either(*claim) : look_at(*claim);
      if (!checked) return checked;
    }
    // Of one's own a new one is hashed in any case: the address may confirm it.
    const bool is_own = request.verb == Verb::personal_password;
    if (!is_own && (!claim || !is_right(*claim))) return {};
    for (const std::string& password : new_passwords(request)) {
      Status hashed = hash(password);
      if (!hashed) return hashed;
    }
    return {};
  }

  Passwords finish() { return std::move(found_); }

 private:
  const Checked* find(const Claim& claim) const {
    for (const Checked& known : found_.checked_) {
      const bool is_about_same = known.list == claim.list && (claim.list || known.person == claim.person->canonical());
      if (is_about_same && known.password == claim.password) return &known;
    }
    return nullptr;
  }

  bool is_right(const Claim& claim) const {
    const Checked* known = find(claim);
    return known != nullptr && known->answer == Answer::right;
  }

  // A person's own, else the list's.
  Status look_at_either(const Claim& claim) {
    const Claim own{std::nullopt, claim.password, claim.person};
    if (find(own) == nullptr && found_.checked_.size() < kMaxPasswordChecks && !found_.wrong_for_person_) {
      Status checked = look_at_own(claim);
      if (!checked) return checked;
    }
    return is_right(own) || !claim.list ? Status() : look_at(claim);
  }

  Status look_at_own(const Claim& claim) {
    bool is_in_charge = false;
    if (claim.list) {
      Result<lists::List> list = lists::List::open(*site_, *claim.list);
      if (!list) return list.error();
      is_in_charge = lists::is_in_charge(*list, claim.person->canonical());
    }
    Result<lists::PersonalCheck> check =
        lists::check_personal_password(*site_, *claim.person, claim.password, is_in_charge, now_);
    if (!check) return check.error();
    found_.has_personal_ = !check->hash.empty();
    if (check->answer == PasswordCheck::wrong) found_.wrong_for_person_ = claim.person;
    found_.checked_.push_back(
        {std::nullopt, claim.person->canonical(), claim.password, check->hash, answer_for(check->answer)});
    return {};
  }

  Status look_at(const Claim& claim) {
    // Behind a command that sets another password there is nothing to look at: what is right then is known.
    if (find(claim) != nullptr || found_.wrong_for_ || changed_.contains(*claim.list)) return {};
    if (found_.checked_.size() == kMaxPasswordChecks) return {};
    Result<lists::List> list = lists::List::open(*site_, *claim.list);
    if (!list) return list.error();
    Result<PasswordCheck> check =
        lists::check_admin_password(*site_, *list, claim.password, requester_->canonical(), now_);
    if (!check) return check.error();
    found_.checked_.push_back({claim.list, "", claim.password, list->passwords().admin, answer_for(*check)});
    if (*check == PasswordCheck::wrong) found_.wrong_for_ = claim.list;
    return {};
  }

  std::vector<std::string> new_passwords(const Request& request) {
    std::vector<std::string> passwords;
    if (request.verb == Verb::personal_password) {
      if (request.arguments.size() == 2) passwords.push_back(request.arguments[1]);
    } else if (request.verb == Verb::passwd) {
      const NamedTarget target = lookup_->name_target(request.arguments, request.own_arguments);
      if (target.rest.size() != 2) return passwords;
      passwords.push_back(target.rest[1]);
      changed_.insert(*target.list);
    } else if (is_newconfig(request) && request.text) {
      for (auto& [setting, plain] : lists::ListConfig::parse(*request.text).passwords) {
        passwords.push_back(std::move(plain.text));
        if (setting == lists::Setting::admin_passwd) changed_.insert(*claim_in(request, *lookup_, *requester_)->list);
      }
    }
    return passwords;
  }

  Status hash(const std::string& password) {
    if (found_.hashes_.contains(password) || found_.hashes_.size() == kMaxNewPasswords) return {};
    Result<std::string> hash =
        auth::is_one_word(password)
            ? auth::hash_password(password, site_->keys().front())
            : Error{ErrorKind::refused, "commands: new password: it must be one word of visible ASCII"};
    if (!hash && hash.error().kind != ErrorKind::refused) return hash.error();
    found_.hashes_.emplace(password, std::move(hash));
    return {};
  }

  const lists::Site* site_;
  const ListLookup* lookup_;
  const mail::Address* requester_;
  UnixTime now_;
  Passwords found_;
  std::set<lists::ListName> changed_;
};

Result<Passwords> Passwords::check(const lists::Site& site, const ListLookup& lookup,
                                   const std::vector<Request>& requests, const mail::Address& requester, UnixTime now) {
  Reading reading(site, lookup, requester, now);
  for (const Request& request : requests) {
    Status read = reading.read(request);
    if (!read) return read.error();
  }
  return reading.finish();
}

Passwords::Answer Passwords::ask(const lists::List& list, std::string_view password) const {
  for (const Checked& known : checked_) {
    const bool is_same = known.list == list.name() && known.password == password;
    const bool is_as_then = auth::without_mark(known.hash) == auth::without_mark(list.passwords().admin);
    if (is_same && is_as_then) return known.answer;
  }
  return checked_.size() == kMaxPasswordChecks || wrong_for_ ? Answer::not_checked : Answer::wrong;
}

Passwords::Answer Passwords::ask_personal(const mail::Address& person, std::string_view hash,
                                          std::string_view password) const {
  for (const Checked& known : checked_) {
    const bool is_of_person = !known.list && known.person == person.canonical();
    if (is_of_person && known.password == password && known.hash == hash) return known.answer;
  }
  return checked_.size() == kMaxPasswordChecks || wrong_for_person_ ? Answer::not_checked : Answer::wrong;
}

bool Passwords::any_right() const {
  return std::any_of(checked_.begin(), checked_.end(),
                     [](const Checked& known) { return known.answer == Answer::right; });
}

bool Passwords::knows(std::string_view word) const {
  return hashes_.contains(word) ||
         std::any_of(checked_.begin(), checked_.end(), [&](const Checked& known) { return known.password == word; });
}

Result<std::string> Passwords::hash_of(std::string_view password) const {
  const auto found = hashes_.find(password);
  if (found == hashes_.end()) return lists::refused(lists::fault(lists::FaultId::too_many_passwords));
  const bool is_refused = !found->second && found->second.error().kind == ErrorKind::refused;
  return is_refused ? lists::refused(lists::fault_in_password_length()) : found->second;
}

void Passwords::accept_new(const lists::ListName& list, std::string_view password, std::string_view hash) {
  checked_.push_back({list, "", std::string(password), std::string(hash), Answer::right});
}

}  // namespace majlis::commands
