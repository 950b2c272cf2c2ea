#include "lists/effects/password_check.h"

#include <algorithm>
#include <string>

#include "auth/password.h"
#include "auth/password_mark.h"
#include "lists/effects/letters.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kHour = 3600;
// A person mistypes a few times; a program guesses by the thousand. The window is an hour, so nobody is shut out for
// good.
constexpr std::uint32_t kFailuresPerSender = 10;
constexpr std::uint32_t kFailuresPerList = 100;
// Anybody can write in an owner's name, so neither limit may shut an owner out; a guesser with that name is still slow.
constexpr std::uint32_t kFailuresPerOwner = 1000;

std::string sender_key(const List& list, std::string_view requester) {
  return "wrong-password:" + list.address() + ":" + mailbox_key(requester);
}
std::string list_key(const List& list) { return "wrong-password:" + list.address(); }

Result<bool> is_throttled(const Site& site, const List& list, std::string_view requester, UnixTime now) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  Result<std::uint64_t> by_sender = (*reader)->counted(sender_key(list, requester), now, kHour);
  if (!by_sender) return by_sender.error();
  if (is_in_charge(list, requester)) return *by_sender >= kFailuresPerOwner;
  Result<std::uint64_t> by_list = (*reader)->counted(list_key(list), now, kHour);
  if (!by_list) return by_list.error();
  return *by_sender >= kFailuresPerSender || *by_list >= kFailuresPerList;
}

using Slot = std::string ListPasswords::*;

Result<PasswordCheck> check(const Site& site, const List& list, std::string_view password, std::string_view requester,
                            UnixTime now, std::initializer_list<Slot> slots, std::string* marked = nullptr) {
  if (password.size() > auth::kMaxPasswordOctets) return PasswordCheck::wrong;
  Result<bool> throttled = is_throttled(site, list, requester, now);
  if (!throttled) return throttled.error();
  if (*throttled) return PasswordCheck::throttled;
  for (const Slot slot : slots) {
    const std::string& hash = list.passwords().*slot;
    const bool is_marked = auth::has_mark(hash, site.keys());
    if (hash.empty() || (is_marked && !auth::PasswordMarks(site.keys(), {hash}).has(password))) continue;
    Result<bool> right = auth::verify_password(password, hash);
    if (!right) return right.error();
    if (!*right) continue;
    if (!is_marked && marked != nullptr) *marked = auth::with_mark(hash, password, site.keys().front());
    return PasswordCheck::right;
  }
  return PasswordCheck::wrong;
}

}  // namespace

Result<PasswordCheck> check_admin_password(const Site& site, const List& list, std::string_view password,
                                           std::string_view requester, UnixTime now) {
  Result<PasswordCheck> checked = check(site, list, password, requester, now, {&ListPasswords::admin});
  const std::string& approve = list.passwords().approve;
  if (!checked || *checked != PasswordCheck::wrong || !auth::PasswordMarks(site.keys(), {approve}).has(password))
    return checked;
  Result<bool> is_of_posts = auth::verify_password(password, approve);
  if (!is_of_posts) return is_of_posts.error();
  return *is_of_posts ? PasswordCheck::of_posts : PasswordCheck::wrong;
}

Result<PasswordCheck> check_post_password(const Site& site, const List& list, std::string_view password,
                                          std::string_view requester, UnixTime now, std::string* marked) {
  return check(site, list, password, requester, now, {&ListPasswords::approve, &ListPasswords::admin}, marked);
}

Status keep_mark(Work& work, const List& list, std::string_view marked) {
  Result<ListPasswords> passwords = ListPasswords::load(list.directory());
  if (!passwords) return passwords.error();
  for (const Slot slot : {&ListPasswords::approve, &ListPasswords::admin}) {
    std::string& hash = (*passwords).*slot;
    if (!hash.empty() && auth::without_mark(hash) == auth::without_mark(marked)) hash = marked;
  }
  work.write_file(list.file("passwords"), passwords->write());
  return {};
}

auth::PasswordMarks marks_of(const Site& site, const List& list) {
  return {site.keys(), {list.passwords().admin, list.passwords().approve}};
}

bool is_in_charge(const List& list, std::string_view requester) {
  std::vector<mail::Address> people = list.owners();
  for (mail::Address& moderator : list.moderators()) people.push_back(std::move(moderator));
  return std::any_of(people.begin(), people.end(),
                     [&](const mail::Address& person) { return person.canonical() == requester; });
}

bool is_owner(const List& list, const mail::Address& address) {
  const std::vector<mail::Address> owners = list.owners();
  return std::find(owners.begin(), owners.end(), address) != owners.end();
}

Status count_wrong_password(Work& work, const List& list, std::string_view requester) {
  Status counted = work.state().count(sender_key(list, requester), work.now(), kHour);
  return counted ? work.state().count(list_key(list), work.now(), kHour) : counted;
}

Status note_wrong_password(Work& work, const List& list, std::string_view requester) {
  Status counted = count_wrong_password(work, list, requester);
  if (counted) counted = warn_of_password(work, list, requester, "password_warning");
  return counted;
}

namespace {

Status note_found(Work& work, const List& list, std::string_view requester, std::string_view text_name) {
  Status counted = is_in_charge(list, requester) ? Status() : count_wrong_password(work, list, requester);
  return counted ? warn_of_password(work, list, requester, std::string(text_name)) : counted;
}

}  // namespace

Status note_password_in_post(Work& work, const List& list, std::string_view requester) {
  return note_found(work, list, requester, "password_in_post");
}

Status note_password_in_command(Work& work, const List& list, std::string_view requester) {
  return note_found(work, list, requester, "password_in_command");
}

}  // namespace majlis::lists
