#include "lists/rounds/list_removal.h"

#include "base/file.h"
#include "lists/effects/kept_request.h"
#include "lists/posts/digests/digest_queue.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kRowsAtOnce = 1000;
constexpr std::string_view kMbox = ".mbox";

// A later list of the same name begins with empty archive files.
Status forget_archive(store::Writer& state, const std::string& list, const std::string& directory) {
  Result<std::vector<std::string>> files = list_directory(directory + "/archive");
  if (!files) return files.error().kind == ErrorKind::missing ? Status() : Status(files.error());
  for (const std::string& file : *files) {
    if (!file.ends_with(kMbox)) continue;
    Status set = state.set_archive_octets(list, file.substr(0, file.size() - kMbox.size()), 0);
    if (!set) return set;
  }
  return {};
}

Result<std::string> roster_text(const store::Writer& state, const std::string& list) {
  std::string text;
  std::string cursor;
  do {
    Result<store::WalkPage> page = state.walk_members(list, cursor, kRowsAtOnce);
    if (!page) return page.error();
    for (const store::Member& member : page->members) text += member.address.text() + "\n";
    cursor = std::move(page->cursor);
  } while (!cursor.empty());
  return text;
}

Result<std::uint64_t> posts_for_digest(const Site& site, const ListName& name) {
  Result<std::unique_ptr<store::Reader>> state = site.open_reader();
  if (!state) return state.error();
  Result<store::PendingDigest> pending = (*state)->pending_digest(name.address());
  if (!pending) return pending.error();
  return pending->posts;
}

}  // namespace

Result<RemovalDebts> debts_of(const Site& site, const ListName& name) {
  RemovalDebts debts;
  Result<std::vector<QueuedJob>> jobs = jobs_to_members(site, name.address());
  if (!jobs) return jobs.error();
  debts.jobs = std::move(*jobs);
  const Result<std::uint64_t> posts = posts_for_digest(site, name);
  if (!posts) return posts.error();
  debts.digest_posts = *posts;
  Result<std::optional<DigestList>> digest = digest_list_of(site, name);
  if (!digest) return digest.error();
  if (*digest) debts.digest_list = (*digest)->list.address();
  return debts;
}

Result<std::size_t> forget_list(const Site& site, const ListName& name) {
  const std::string directory = site.list_directory(name);
  const std::string list = name.address();
  Result<std::unique_ptr<store::Writer>> state = site.open_bulk_writer();
  if (!state) return state.error();
  Result<std::uint64_t> count = (*state)->count_members(list);
  if (!count) return count.error();
  // A second run finds no members any more and leaves what the first one wrote down.
  if (*count > 0) {
    Result<std::string> roster = roster_text(**state, list);
    if (!roster) return roster.error();
    Status kept = replace_file(directory + "/members", *roster, 0600);
    if (!kept) return kept.error();
  }
  Status done = (*state)->remove_list(list);
  if (!done) return done.error();
  Result<std::size_t> unreadable = forget_kept_requests(**state, list);
  if (!unreadable) return unreadable;
  done = forget_archive(**state, list, directory);
  if (done) done = (*state)->commit();
  return done ? unreadable : Result<std::size_t>(done.error());
}

}  // namespace majlis::lists
