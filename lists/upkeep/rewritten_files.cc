#include "lists/upkeep/rewritten_files.h"

#include <stdio.h>
#include <unistd.h>

#include <cerrno>

#include "base/file.h"
#include "base/text.h"
#include "lists/posts/archive/archive_file.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/archive/search_index.h"
#include "lists/site/list.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxPlanOctets = 16 * 1024 * 1024;
constexpr std::uint64_t kIndexedAtOnce = 16 * 1024 * 1024;  // the rest by the next runs of majlis-flush
constexpr const char* kArchive = "archive";
constexpr const char* kDigest = "digest";

std::string plan_file(const Site& site) { return site.directory() + "/" + kRewritingFile; }

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

// "archive LIST MONTH OCTETS STAGED", "digest LIST - OCTETS STAGED"
std::string plan_text(const std::vector<RewrittenFile>& files) {
  std::string text;
  for (const RewrittenFile& file : files) {
    const bool is_archive = file.kind == RewrittenFile::Kind::archive;
    text += std::string(is_archive ? kArchive : kDigest) + " " + file.list.address() + " " +
            (is_archive ? file.month : "-") + " " + std::to_string(file.octets) + " " + file.staged + "\n";
  }
  return text;
}

Result<std::vector<RewrittenFile>> read_plan(const Site& site) {
  const Result<std::string> text = read_file(plan_file(site), kMaxPlanOctets);
  if (!text && text.error().kind == ErrorKind::missing) return std::vector<RewrittenFile>();
  if (!text) return text.error();
  std::vector<RewrittenFile> files;
  std::string_view rest = *text;
  while (const auto line = next_line(rest)) {
    const std::vector<std::string_view> words = split_words(*line);
    const std::size_t at = words.size() == 5 ? words[1].rfind('@') : std::string_view::npos;
    const auto name =
        at == std::string_view::npos ? std::nullopt : ListName::parse(words[1].substr(0, at), words[1].substr(at + 1));
    const std::optional<std::uint64_t> octets = name ? parse_number(words[3]) : std::nullopt;
    if (!octets) return Error{ErrorKind::damaged, "lists: " + plan_file(site) + ": a line cannot be read"};
    files.push_back({words[0] == kArchive ? RewrittenFile::Kind::archive : RewrittenFile::Kind::digest, *name,
                     std::string(words[2]), *octets, std::string(words[4])});
  }
  return files;
}

// A list that was removed has no rows.
bool is_there(const Site& site, const RewrittenFile& file) { return path_exists(folder_of(path_of(site, file))); }

store::DueItem index_item(const RewrittenFile& file, std::string_view kind, UnixTime now) {
  store::DueItem item;
  item.kind = kind;
  item.list = file.list.address();
  if (kind == kArchiveIndex) item.id = file.month;
  item.due = now;
  return item;
}

Status note_length(store::Writer& state, const RewrittenFile& file, UnixTime now) {
  const std::string list = file.list.address();
  if (file.kind == RewrittenFile::Kind::archive) {
    Status done = state.set_archive_octets(list, file.month, file.octets);
    for (const std::string_view kind : {kArchiveIndex, kSearchIndex}) {
      if (done) done = state.schedule(index_item(file, kind, now), now);
    }
    return done;
  }
  Result<store::PendingDigest> pending = state.pending_digest(list);
  if (!pending) return pending.error();
  pending->begin = 0;
  pending->end = file.octets;
  return state.set_pending_digest(list, *pending);
}

Status remove_if_there(const std::string& path) {
  return unlink(path.c_str()) == 0 || errno == ENOENT ? Status() : error_from_errno("lists: remove " + path, errno);
}

// What is made of an archive is made anew: it has other octets, and other places.
Status renew_indexes(const std::string& path, std::uint64_t octets) {
  const std::string index = path.substr(0, path.size() - kMboxEnding.size()) + std::string(kArchiveIndexEnding);
  Status done = remove_if_there(index);
  for (const char* ending : {"", "-journal", "-wal", "-shm"}) {
    if (done) done = remove_if_there(folder_of(path) + "/search.db" + ending);
  }
  if (!done) return done;
  const Result<IndexState> made = extend_index(path, index, octets, kIndexedAtOnce);
  return made ? Status() : Status(made.error());
}

Status put_one(const Site& site, const RewrittenFile& file) {
  const std::string path = path_of(site, file);
  const std::string staged = folder_of(path) + "/" + file.staged;
  if (rename(staged.c_str(), path.c_str()) != 0 && errno != ENOENT) {
    return error_from_errno("lists: rename " + staged, errno);
  }
  Status done = sync_directory(folder_of(path));
  if (done && file.kind == RewrittenFile::Kind::archive) done = renew_indexes(path, file.octets);
  return done;
}

// All of it may be done again.
Status carry_out(const Site& site, store::Writer& state, const std::vector<RewrittenFile>& files, UnixTime now) {
  Status done;
  for (const RewrittenFile& file : files) {
    if (done && is_there(site, file)) done = note_length(state, file, now);
  }
  if (done) done = state.commit();
  for (const RewrittenFile& file : files) {
    if (done && is_there(site, file)) done = put_one(site, file);
  }
  if (done) done = remove_if_there(plan_file(site));
  return done ? sync_directory(folder_of(plan_file(site))) : done;
}

}  // namespace

std::string path_of(const Site& site, const RewrittenFile& file) {
  const std::string folder = site.list_directory(file.list);
  return file.kind == RewrittenFile::Kind::digest ? folder + "/digest/pending"
                                                  : folder + "/archive/" + file.month + std::string(kMboxEnding);
}

Status put_into_place(const Site& site, store::Writer& state, const std::vector<RewrittenFile>& files, UnixTime now) {
  if (files.empty()) return {};
  Status done = replace_file(plan_file(site), plan_text(files), 0600);
  return done ? carry_out(site, state, files, now) : done;
}

Result<bool> finish_rewriting(const Site& site, UnixTime now) {
  if (!path_exists(plan_file(site))) return false;
  Result<std::unique_ptr<store::Writer>> state = site.open_renaming_writer();
  if (!state) return state.error();
  const Result<std::vector<RewrittenFile>> files = read_plan(site);
  if (!files) return files.error();
  Status done = carry_out(site, **state, *files, now);
  return done ? Result<bool>(true) : done.error();
}

}  // namespace majlis::lists
