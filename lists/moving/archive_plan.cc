#include "lists/moving/archive_plan.h"

#include <optional>

#include "base/file.h"
#include "lists/moving/header_field.h"
#include "lists/moving/pipermail_map.h"
#include "lists/posts/archive/archive_file.h"
#include "lists/posts/archive/old_posts.h"
#include "mail/date_field.h"

namespace majlis::lists {
namespace {

using foreign::Fate;
using foreign::Finding;

constexpr std::size_t kSliceOctets = 4 * 1024 * 1024;
constexpr const char* kMapFile = "pipermail.tsv";
constexpr std::string_view kCutOff = "cannot be read any further: ";
constexpr std::size_t kSlicePosts = 2'000;

// What the field Date of a message says; 0: nothing.
UnixTime date_of(std::string_view message) { return mail::parse_date_field(header_field(message, "Date")).value_or(0); }

// Posts of an archive with the time that they go under; 0 is never left.
class DatedPosts {
 public:
  DatedPosts(const foreign::Archive& archive, UnixTime now) : archive_(&archive), now_(now) {}

  Result<std::optional<foreign::OldPost>> next() {
    if (reader_ == nullptr) {
      Result<std::unique_ptr<foreign::PostReader>> opened = archive_->open();
      if (!opened) return opened.error();
      reader_ = std::move(*opened);
    }
    Result<std::optional<foreign::OldPost>> post = reader_->next();
    if (!post || !*post) return post;
    UnixTime& time = (*post)->received;
    if (time <= 0 || time > now_) time = date_of((*post)->message);
    is_dated_ = time > 0 && time <= now_;
    if (!is_dated_) time = last_;
    last_ = time;
    return post;
  }

  bool is_dated() const { return is_dated_; }  // the last one, by itself

 private:
  const foreign::Archive* archive_;
  UnixTime now_;
  std::unique_ptr<foreign::PostReader> reader_;
  UnixTime last_ = 1;  // January 1970, where nothing else is known
  bool is_dated_ = true;
};

std::string count(std::size_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + " " + std::string(number == 1 ? one : many);
}

// How many posts come in. `there`: what is in the archive already, nullptr = nothing.
Result<std::size_t> survey(const foreign::Archive& archive, OldPosts* there, bool has_map, UnixTime now,
                           std::vector<Finding>& findings, std::vector<CutOff>& cut_off) {
  DatedPosts posts(archive, now);
  std::size_t number = 0;
  std::size_t known = 0;
  std::size_t nameless = 0;
  std::size_t repaired = 0;
  std::size_t undated = 0;
  std::size_t too_large = 0;
  Result<std::optional<foreign::OldPost>> post = posts.next();
  for (; post && *post; post = posts.next()) {
    nameless += header_field((*post)->message, "Message-ID").empty() ? 1 : 0;
    if ((*post)->is_too_large) {
      ++too_large;
      continue;
    }
    ++number;
    repaired += (*post)->repaired;
    undated += posts.is_dated() ? 0 : 1;
    if (there == nullptr) continue;
    const Result<bool> is_new =
        there->is_new({std::move((*post)->message), std::move((*post)->sender), (*post)->received});
    if (!is_new) return is_new.error();
    known += *is_new ? 0 : 1;
  }
  if (number > 0 || post) {
    const std::string new_ones = there == nullptr ? "" : ", " + std::to_string(number - known) + " of them new";
    findings.push_back({.what = "archive",
                        .from = archive.from,
                        .to = count(number, "post", "posts") + new_ones,
                        .fate = Fate::carried});
  }
  if (repaired > 0) {
    findings.push_back({.what = "archive",
                        .from = archive.from,
                        .to = count(repaired, "line", "lines"),
                        .fate = Fate::changed,
                        .why = "begin with \"From \" inside a post and were not escaped"});
  }
  if (undated > 0) {
    findings.push_back({.what = "archive",
                        .from = archive.from,
                        .to = count(undated, "post", "posts"),
                        .fate = Fate::changed,
                        .why = "have no date that can be read: they go with the post before them"});
  }
  if (too_large > 0) {
    findings.push_back({.what = "archive",
                        .from = archive.from,
                        .why = count(too_large, "post has", "posts have") + " more than 64 MB"});
  }
  if (!post) {
    findings.push_back({.what = "archive", .from = archive.from, .why = std::string(kCutOff) + post.error().what});
    cut_off.push_back({archive.from, post.error()});
  }
  if (nameless > 0 && has_map) {
    findings.push_back(
        {.what = "pipermail",
         .from = archive.from,
         .why = count(nameless, "post has", "posts have") + " no Message-ID, and no line in " + kMapFile});
  }
  return number;
}

}  // namespace

Result<std::vector<Finding>> survey_archives(const Site& site, const List* there, const foreign::ForeignList& list,
                                             UnixTime now, std::vector<CutOff>& cut_off) {
  std::vector<Finding> findings;
  std::size_t posts = 0;
  std::optional<OldPosts> known;
  if (there != nullptr) known.emplace(site, *there);
  const bool has_map = !list.pipermail.address.empty();
  for (const foreign::Archive& archive : list.archives) {
    const Result<std::size_t> found = survey(archive, known ? &*known : nullptr, has_map, now, findings, cut_off);
    if (!found) return found.error();
    posts += *found;
  }
  if (posts > 0 && has_map) {
    findings.push_back({.what = "pipermail", .from = list.pipermail.address, .to = kMapFile, .fate = Fate::carried});
  }
  return findings;
}

Status carry_archives(const Site& site, const List& list, const foreign::ForeignList& from, UnixTime now,
                      std::vector<CutOff>& cut_off, const std::function<void(std::size_t)>& told) {
  OldPosts archive(site, list);
  PipermailMap map(from.pipermail);
  std::vector<OldPost> slice;
  std::size_t octets = 0;
  std::size_t read = 0;
  const auto put = [&]() -> Status {
    const Result<std::size_t> added = archive.add(slice);
    slice.clear();
    octets = 0;
    if (added) told(read);
    return added ? Status() : Status(added.error());
  };
  for (const foreign::Archive& each : from.archives) {
    DatedPosts posts(each, now);
    for (;;) {
      Result<std::optional<foreign::OldPost>> post = posts.next();
      if (!post) cut_off.push_back({each.from, post.error()});
      if (!post || !*post) break;
      ++read;
      const UnixTime dated = date_of((*post)->message);
      map.add((*post)->message, dated > 0 ? dated : (*post)->received);
      if ((*post)->is_too_large) continue;
      octets += (*post)->message.size();
      slice.push_back({std::move((*post)->message), std::move((*post)->sender), (*post)->received});
      if (octets < kSliceOctets && slice.size() < kSlicePosts) continue;
      if (Status done = put(); !done) return done;
    }
  }
  Status done = slice.empty() ? Status() : put();
  if (done && !from.pipermail.address.empty()) {
    done = replace_file(archive_directory(list) + "/" + kMapFile, map.text(), 0600);
  }
  return done ? archive.schedule_indexes(now) : done;
}

}  // namespace majlis::lists
