#include "lists/upkeep/erasure.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/bans.h"
#include "lists/effects/work.h"
#include "lists/members/membership_request.h"
#include "lists/posts/held/held_post.h"
#include "lists/rounds/delivery.h"
#include "lists/site/list.h"
#include "lists/upkeep/erasure_archives.h"
#include "lists/upkeep/erasure_files.h"
#include "lists/upkeep/erasure_jobs.h"
#include "lists/upkeep/person_words.h"
#include "lists/upkeep/rewritten_files.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr int kLockTimeout_ms = 60'000;
constexpr std::size_t kMaxLists = 100'000;
constexpr std::size_t kMaxWordsOctets = 16 * 1024 * 1024;

bool is_among(const std::vector<mail::Address>& people, const mail::Address& address) {
  return std::find(people.begin(), people.end(), address) != people.end();
}

// What the lists call it.
Result<std::vector<std::string>> names_of(const Site& site, const mail::Address& address) {
  const Result<std::unique_ptr<store::Reader>> state = site.open_reader();
  if (!state) return state.error();
  const Result<std::vector<std::string>> lists = (*state)->lists_of(address, kMaxLists);
  if (!lists) return lists.error();
  std::vector<std::string> names;
  for (const std::string& list : *lists) {
    Result<std::optional<store::Member>> member = (*state)->find_member(list, address);
    if (!member) return member.error();
    if (*member) names.push_back(std::move((*member)->display));
  }
  return names;
}

// Somebody else's.
std::string request_without(const store::PendingItem& item, const mail::Address& address) {
  Result<MembershipRequest> request = read_request(item);
  if (!request || !request->agreed || request->agreed->from != address.canonical()) return item.details;
  request->agreed->from = kErased;
  return details_of(*request);
}

// A post's own are its Subject and reasons, with names in them; of others the address alone is taken out.
std::string details_without(const store::PendingItem& item, const PersonWords& person) {
  const PersonWords address(person.address(), {});
  if (item.kind != kPendingPost) return request_without(item, person.address());
  Result<HeldPost> post = read_held_post(item);
  if (!post) return item.details;
  const PersonWords& words = item.address.empty() ? person : address;
  post->subject = words.taken_out_of(post->subject);
  post->message_id = address.taken_out_of(post->message_id);
  for (Reason& reason : post->reasons) {
    for (auto& [name, value] : reason.values) value = words.taken_out_of(value);
  }
  return details_of(*post);
}

Result<store::ErasedRows> erase_rows(store::Writer& state, const PersonWords& person) {
  const PersonWords address(person.address(), {});
  const Result<std::string> ban = erased_ban(state, person.address());
  if (!ban) return ban.error();
  return state.erase_person({.address = person.address(),
                             .ban = *ban,
                             .is_in = [&](std::string_view text) { return address.are_in(text); },
                             .without = [&](std::string_view text) { return address.taken_out_of(text); },
                             .details = [&](const store::PendingItem& item) { return details_without(item, person); }});
}

Status erase_in_database(const Site& site, const PersonWords& person, Erasing erasing,
                         std::vector<ErasedThing>& things) {
  const Result<std::unique_ptr<store::Writer>> state = site.open_bulk_writer();
  if (!state) return state.error();
  const Result<store::ErasedRows> rows = erase_rows(**state, person);
  if (!rows) return rows.error();
  for (const auto& [what, count] : *rows) {
    if (count > 0) things.push_back({std::string(what), "", count});
  }
  return erasing == Erasing::look || rows->empty() ? Status() : (*state)->commit();
}

// With the lock everything in spool/tmp that no receipt knows is a killed process's: its mail comes again. What one
// knows was promised, and is put into place first.
Status erase_in_staged(const Site& site, const PersonWords& person, std::vector<ErasedThing>& things) {
  const Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  if (Status published = publish_leftovers(site, **state); !published) return published;
  const std::string folder = site.spool().directory() + "/tmp";
  const Result<std::vector<std::string>> names = list_directory(folder);
  if (!names) return names.error();
  const PersonWords address(person.address(), {});
  for (const std::string& name : *names) {
    const std::string path = folder + "/" + name;
    const Result<std::string> bytes = read_file(path, std::size_t{1} << 30U);
    if (!bytes || !address.are_in(*bytes)) continue;
    things.push_back({"file", "spool/tmp/" + name, 1});
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return error_from_errno("lists: remove " + path, errno);
  }
  return {};
}

Status erase_outside_database(const Site& site, const PersonWords& person, Erasing erasing, UnixTime now,
                              std::vector<ErasedThing>& things) {
  Status done = erase_in_archives(site, person, erasing, now, things);
  if (done) done = erase_in_jobs(site, person, erasing, things);
  return done ? erase_in_files(site, person, erasing, things) : done;
}

std::string words_file(const Site& site) { return site.directory() + "/" + std::string(kErasingFile); }

Result<std::string> hash_of(const Site& site, const mail::Address& address) {
  const Result<std::unique_ptr<store::Reader>> state = site.open_reader();
  return state ? erased_ban(**state, address) : state.error();
}

// A run that was killed has taken some of them out where they stood: they are in a file until the end is reached,
// behind the hash of the address.
Result<std::vector<std::string>> remembered_names(const Site& site, const mail::Address& address) {
  std::vector<std::string> names;
  const Result<std::string> text = read_file(words_file(site), kMaxWordsOctets);
  if (!text) return text.error().kind == ErrorKind::missing ? Result(names) : text.error();
  const Result<std::string> hash = hash_of(site, address);
  if (!hash) return hash.error();
  std::string_view rest = *text;
  if (next_line(rest) != *hash) return names;
  while (const auto line = next_line(rest)) names.emplace_back(*line);
  return names;
}

Status remember_words(const Site& site, const PersonWords& person) {
  const Result<std::string> hash = hash_of(site, person.address());
  if (!hash) return hash.error();
  std::string text = *hash + "\n";
  for (const std::string& name : person.names()) text += name + "\n";
  return replace_file(words_file(site), text, 0600);
}

// With what a killed run was writing.
Status forget_words(const Site& site) {
  const std::string file = words_file(site);
  const std::string folder = file.substr(0, file.rfind('/'));
  const Result<std::vector<std::string>> names = list_directory(folder);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    const std::string path = folder + "/" + name;
    if (path.starts_with(file) && unlink(path.c_str()) != 0) return error_from_errno("lists: remove " + path, errno);
  }
  return sync_directory(folder);
}

// What the lists call it, and what it calls itself in posts.
Result<PersonWords> known_words(const Site& site, const mail::Address& address, UnixTime now) {
  Result<std::vector<std::string>> names = names_of(site, address);
  const Result<std::vector<std::string>> before = remembered_names(site, address);
  if (!names || !before) return names ? before.error() : names.error();
  names->insert(names->end(), before->begin(), before->end());
  const PersonWords first(address, *names);
  std::vector<ErasedThing> nothing;
  if (Status looked = erase_outside_database(site, first, Erasing::look, now, nothing); !looked) return looked.error();
  names->insert(names->end(), first.noted().begin(), first.noted().end());
  return PersonWords(address, *names);
}

}  // namespace

Result<std::vector<std::string>> reasons_to_keep(const Site& site, const mail::Address& address) {
  std::vector<std::string> reasons;
  if (mail::Address::parse(site.config().postmaster) == address) reasons.push_back("it is the site's postmaster");
  const Result<std::vector<ListName>> names = site.list_names();
  if (!names) return names.error();
  for (const ListName& name : *names) {
    if (name.address() == address.canonical()) reasons.push_back("it is the list " + name.address());
    const Result<List> list = List::open(site, name);
    if (!list) return Error{list.error().kind, "nobody can say who owns " + name.address() + ": " + list.error().what};
    const bool is_owner = is_among(list->owners(), address);
    const bool is_moderator = list->config().is_set(Setting::moderators) || list->config().is_set(Setting::moderator);
    if (is_owner) reasons.push_back("it is an owner of " + name.address());
    if (is_moderator && is_among(list->moderators(), address)) {
      reasons.push_back("it is a moderator of " + name.address());
    }
  }
  if (!reasons.empty()) return reasons;
  const Result<std::vector<std::string>> settings = settings_that_need(site, PersonWords(address, {}));
  if (!settings) return settings.error();
  for (const std::string& setting : *settings) reasons.push_back("it stands in settings: " + setting);
  return reasons;
}

Result<std::vector<ErasedThing>> erase_person(const Site& site, const mail::Address& address, Erasing erasing,
                                              UnixTime now) {
  // Nobody makes, renames or copies a list meanwhile.
  const Result<FileLock> lists =
      FileLock::acquire(site.directory() + "/lists/.lock", FileLock::Mode::exclusive, kLockTimeout_ms);
  if (!lists) return lists.error();
  const Result<bool> finished = erasing == Erasing::erase ? finish_rewriting(site, now) : Result<bool>(false);
  if (!finished) return finished.error();
  const Result<PersonWords> person = known_words(site, address, now);
  if (!person) return person.error();
  std::vector<ErasedThing> things;
  const bool erases = erasing == Erasing::erase;
  Status done = erases ? remember_words(site, *person) : Status();
  if (done && erases) done = finish_staged_files(site, now);
  if (done) done = erase_outside_database(site, *person, erasing, now, things);
  if (done && erases) done = erase_in_staged(site, *person, things);
  if (done) done = erase_in_database(site, *person, erasing, things);
  // What came in while the rows were still there.
  if (done && erases) done = erase_outside_database(site, *person, erasing, now, things);
  if (done && erases) done = store::rewrite_database(site.database_directory(), kLockTimeout_ms);
  if (done && erases) done = forget_words(site);
  return done ? Result(std::move(things)) : done.error();
}

}  // namespace majlis::lists
