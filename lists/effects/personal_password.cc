#include "lists/effects/personal_password.h"

#include <algorithm>

#include "auth/password.h"
#include "auth/password_mark.h"
#include "base/digit.h"
#include "base/text.h"
#include "lists/effects/letters.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kHour = 3600;
// As of list passwords (password_check.cc).
constexpr std::uint64_t kFailuresPerPerson = 10;
constexpr std::uint64_t kFailuresPerOwner = 1000;
constexpr std::string_view kMarks = "!#$%&+-.:;<>?@[]^_{|}~";

std::string failure_key(const mail::Address& person) { return "wrong-personal-password:" + mailbox_key(person); }

}  // namespace

bool may_be_personal_password(std::string_view word) {
  return auth::is_one_word(word) && std::all_of(word.begin(), word.end(), [](char c) {
           const char lower = to_lower_ascii(c);
           return is_digit(c) || (lower >= 'a' && lower <= 'z') || kMarks.find(c) != std::string_view::npos;
         });
}

Result<PersonalCheck> check_personal_password(const Site& site, const mail::Address& person, std::string_view password,
                                              bool is_in_charge, UnixTime now) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  Result<std::string> hash = personal_hash(**reader, person);
  if (!hash) return hash.error();
  Result<std::uint64_t> failures = (*reader)->counted(failure_key(person), now, kHour);
  if (!failures) return failures.error();
  // Hashing is slow: others may have the store meanwhile.
  reader->reset();
  PersonalCheck check{PasswordCheck::wrong, *hash};
  if (hash->empty() || password.size() > auth::kMaxPasswordOctets) return check;
  if (*failures >= (is_in_charge ? kFailuresPerOwner : kFailuresPerPerson)) {
    check.answer = PasswordCheck::throttled;
    return check;
  }
  if (auth::has_mark(*hash, site.keys()) && !auth::PasswordMarks(site.keys(), {*hash}).has(password)) return check;
  Result<bool> right = auth::verify_password(password, *hash);
  if (!right) return right.error();
  if (*right) check.answer = PasswordCheck::right;
  return check;
}

Result<std::string> personal_hash(const store::View& state, const mail::Address& person) {
  Result<std::optional<store::PersonalPassword>> kept = state.personal_password(person);
  if (!kept) return kept.error();
  return *kept ? std::move((*kept)->hash) : std::string();
}

Status put_personal_hash(Work& work, const mail::Address& person, const std::string& hash) {
  work.note(person.canonical(), hash.empty() ? "password removed" : "password registered");
  work.log_when_done(
      LogLine("password").with("from", person.canonical()).with("verdict", hash.empty() ? "removed" : "registered"));
  if (!hash.empty()) return work.state().put_personal_password(person, {hash, work.now()});
  Result<bool> removed = work.state().remove_personal_password(person);
  return removed ? Status() : removed.error();
}

Status count_wrong_personal_password(Work& work, const mail::Address& person) {
  return work.state().count(failure_key(person), work.now(), kHour);
}

}  // namespace majlis::lists
