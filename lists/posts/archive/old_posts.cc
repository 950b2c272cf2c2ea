#include "lists/posts/archive/old_posts.h"

#include <fcntl.h>

#include "auth/secret_file.h"
#include "base/file.h"
#include "lists/effects/list_change.h"
#include "lists/posts/archive/archive_file.h"
#include "lists/posts/archive/archive_index.h"
#include "mail/mbox.h"
#include "mail/mbox_reader.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kDigestOctets = 16;

std::string key_of(std::string_view message) {
  return auth::fingerprint({message.substr(0, message.find("\n\n"))}).substr(0, kDigestOctets);
}

// As it will stand in the archive: only there the two can be compared.
std::string entry_of(const OldPost& post) {
  std::string entry;
  mail::write_mbox_entry(post.message, post.sender, post.received, [&](std::string_view piece) { entry += piece; });
  return entry;
}

std::string key_of_entry(std::string_view entry) {
  return key_of(mail::message_of_mbox_entry(entry.substr(0, mail::kMaxMboxHeadOctets)).value_or(""));
}

}  // namespace

Status OldPosts::read_month(const store::View& state, const std::string& month) {
  std::set<std::string>& keys = known_[month];
  Result<std::uint64_t> octets = state.archive_octets(list_->address(), month);
  if (!octets) return octets.error();
  if (*octets == 0) return {};
  const std::string path = archive_file(*list_, month, kMboxEnding);
  Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) return fd.error();
  mail::MboxReader reader(fd->get(), path, 0, *octets);
  for (;;) {
    Result<std::optional<mail::MboxEntry>> entry = reader.next();
    if (!entry) return entry.error();
    if (!*entry) return {};
    keys.insert(key_of_entry((*entry)->head));
  }
}

Result<bool> OldPosts::is_there(const store::View& state, const std::string& month, const std::string& key) {
  if (!known_.contains(month)) {
    Status read = read_month(state, month);
    if (!read) return read.error();
  }
  return !known_[month].insert(key).second;
}

Result<bool> OldPosts::is_new(const OldPost& post) {
  const std::string month = year_month(post.received);
  if (!known_.contains(month)) {
    const Result<std::unique_ptr<store::Reader>> state = site_->open_reader();
    const Status read = state ? read_month(**state, month) : Status(state.error());
    if (!read) return read.error();
  }
  return known_[month].insert(key_of_entry(entry_of(post))).second;
}

Result<std::size_t> OldPosts::add(const std::vector<OldPost>& posts) {
  Status made = make_directory(archive_directory(*list_), 0700);
  if (!made) return made.error();
  Result<std::unique_ptr<store::Writer>> state = site_->open_bulk_writer();
  if (!state) return state.error();
  std::map<std::string, FileAppend> files;
  std::size_t added = 0;
  for (const OldPost& post : posts) {
    const std::string month = year_month(post.received);
    const std::string entry = entry_of(post);
    Result<bool> there = is_there(**state, month, key_of_entry(entry));
    if (!there) return there.error();
    if (*there) continue;
    if (!files.contains(month)) {
      Result<std::uint64_t> octets = (*state)->archive_octets(list_->address(), month);
      if (!octets) return octets.error();
      Result<FileAppend> file = FileAppend::open(archive_file(*list_, month, kMboxEnding), *octets);
      if (!file) return file.error();
      files.emplace(month, std::move(*file));
    }
    files.at(month).put(entry);
    ++added;
  }
  for (auto& [month, file] : files) {
    Status done = file.finish();
    if (done) done = (*state)->set_archive_octets(list_->address(), month, file.end());
    if (!done) return done.error();
    changed_.insert(month);
  }
  Status committed = (*state)->commit();
  return committed ? Result<std::size_t>(added) : committed.error();
}

Status OldPosts::schedule_indexes(UnixTime now) {
  if (changed_.empty()) return {};
  Result<Work> work = begin_change(*site_, now);
  if (!work) return work.error();
  for (const std::string& month : changed_) {
    Status scheduled = schedule_archive_index(*work, *list_, month);
    if (!scheduled) return scheduled;
  }
  return work->finish("archive");
}

}  // namespace majlis::lists
