#include "lists/upkeep/erasure_archives.h"

#include <fcntl.h>

#include <algorithm>

#include "base/file.h"
#include "base/temporary_name.h"
#include "lists/posts/archive/archive_file.h"
#include "lists/posts/digests/digest_queue.h"
#include "lists/upkeep/blotting.h"
#include "lists/upkeep/erased_mbox.h"
#include "lists/upkeep/erased_message.h"
#include "lists/upkeep/rewritten_files.h"
#include "mail/message.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kAllPosts = SIZE_MAX;
constexpr std::size_t kMaxPendingOctets = std::size_t{1} << 30U;

std::string below(const Site& site, const std::string& path) { return path.substr(site.directory().size() + 1); }

Result<std::uint64_t> committed_octets(const Site& site, const std::string& list, const std::string& month) {
  Result<std::unique_ptr<store::Reader>> state = site.open_reader();
  return state ? (*state)->archive_octets(list, month) : state.error();
}

std::string name_in(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Status blot(const Site& site, const std::string& path, const PersonWords& person, Erasing erasing,
            std::vector<ErasedThing>& things) {
  const Result<std::size_t> places = blot_file(path, PersonWords(person.address(), {}), erasing);
  if (!places) return places.error();
  if (*places > 0) things.push_back({"file", below(site, path), *places});
  return {};
}

// The month as it is now is staged before the lock is taken, and what came since under it.
Status erase_in_month(const Site& site, const List& list, const std::string& month, const PersonWords& person,
                      Erasing erasing, UnixTime now, std::vector<ErasedThing>& things) {
  const std::string path = archive_file(list, month, kMboxEnding);
  const std::string staged = temporary_name(path);
  ErasedMbox mbox(path, staged, person);
  const Result<std::uint64_t> octets = committed_octets(site, list.address(), month);
  const Result<std::size_t> found = octets ? mbox.count(*octets) : Result<std::size_t>(octets.error());
  if (!found) return found.error();
  // Behind what counts there may be what a killed process wrote: nobody reads it.
  if (*found == 0) return blot(site, path, person, erasing, things);
  things.push_back({"post of the archive", below(site, path), *found});
  if (erasing == Erasing::look) return {};
  if (Status done = mbox.extend(*octets); !done) return done;
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  const Result<std::uint64_t> by_now = (*state)->archive_octets(list.address(), month);
  if (!by_now) return by_now.error();
  if (Status done = mbox.extend(std::max(*by_now, *octets)); !done) return done;
  return put_into_place(site, **state,
                        {{RewrittenFile::Kind::archive, list.name(), month, mbox.octets(), name_in(staged)}}, now);
}

// Of the body: what a digest counts.
std::uint64_t lines_of(const std::string& post) {
  const mail::Message message = mail::Message::open(post);
  return static_cast<std::uint64_t>(std::count(message.body().begin(), message.body().end(), '\n'));
}

// What waits is bounded by what an issue may have, and is read under the lock.
Status erase_in_digest(const Site& site, const List& list, const PersonWords& person, Erasing erasing, UnixTime now,
                       std::vector<ErasedThing>& things) {
  if (!path_exists(pending_file(list))) return {};
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  const Result<store::PendingDigest> pending = (*state)->pending_digest(list.address());
  if (!pending) return pending.error();
  Result<IssueContent> waiting = next_issue_of(list, *pending, SIZE_MAX, kAllPosts);
  // A damaged file goes to spool/bad at the next issue.
  if (!waiting && waiting.error().kind != ErrorKind::damaged) return waiting.error();
  if (!waiting) return blot(site, pending_file(list), person, erasing, things);
  std::string text;
  std::size_t found = 0;
  for (const std::string& post : waiting->posts) {
    const std::optional<std::string> changed = message_without(post, person);
    const std::string& kept = changed ? *changed : post;
    found += changed ? 1 : 0;
    text += pending_head(kept, lines_of(kept)) + kept;
  }
  // What was sent may still lie in front of what waits, or behind it.
  const Result<std::string> all = read_file(pending_file(list), kMaxPendingOctets);
  if (!all) return all.error();
  if (found == 0 && !person.are_in(*all)) return {};
  things.push_back({"post for a digest", below(site, pending_file(list)), found});
  if (erasing == Erasing::look) return {};
  const std::string staged = temporary_name(pending_file(list));
  Status done = replace_file(staged, text, 0600);
  return done ? put_into_place(site, **state,
                               {{RewrittenFile::Kind::digest, list.name(), "", text.size(), name_in(staged)}}, now)
              : done;
}

}  // namespace

Status erase_in_archives(const Site& site, const PersonWords& person, Erasing erasing, UnixTime now,
                         std::vector<ErasedThing>& things) {
  const Result<std::vector<ListName>> names = site.list_names();
  if (!names) return names.error();
  for (const ListName& name : *names) {
    const List list = List::with_defaults(site, name);
    const Result<std::vector<std::string>> months = archive_months(list);
    if (!months) return months.error();
    for (const std::string& month : *months) {
      if (Status done = erase_in_month(site, list, month, person, erasing, now, things); !done) return done;
    }
    if (Status done = erase_in_digest(site, list, person, erasing, now, things); !done) return done;
  }
  return {};
}

}  // namespace majlis::lists
