#include "lists/posts/digests/digest_queue.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "base/checksum.h"
#include "base/file.h"
#include "base/text.h"
#include "lists/site/config/config_text.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kHour = 3600;
constexpr UnixTime kDay = 24 * kHour;
constexpr std::string_view kSuffix = "-digest";
constexpr std::string_view kEntryMark = "post ";
// "post OCTETS LINES CHECKSUM\n": digits enough for any file, so that every head has one length.
constexpr std::size_t kOctetsDigits = 12;
constexpr std::size_t kLinesDigits = 10;
constexpr std::size_t kChecksumDigits = 8;
constexpr std::size_t kHeadOctets = kEntryMark.size() + kOctetsDigits + 1 + kLinesDigits + 1 + kChecksumDigits + 1;
constexpr std::size_t kMaxPostOctets = 1024 * 1024 * 1024;
constexpr std::uint64_t kPostsOfFullIssue = 200;

Error damaged(const List& list, std::string_view why) {
  return Error{ErrorKind::damaged, "lists: " + pending_file(list) + ": " + std::string(why)};
}

bool is_there(const Site& site, const std::optional<ListName>& name) {
  return name && path_exists(site.list_directory(*name) + "/config");
}

bool names_list(const List& digest, Setting setting, const ListName& list) {
  return equals_ignoring_case(digest.config().text(setting), list.name());
}

// What a configuration says of digest_of that cannot be read as a whole; nullopt: nothing.
std::optional<std::string> digest_of_in(const Site& site, const ListName& digest) {
  const Result<std::string> text = read_file(site.list_directory(digest) + "/config", kMaxConfigOctets);
  if (!text) return std::nullopt;
  std::optional<std::string> said;
  for (const Assignment& assignment : scan_config(*text).assignments) {
    if (equals_ignoring_case(assignment.key, "digest_of")) said = trim(assignment.value);
  }
  return said;
}

// Which of the list's texts its posts have in this digest: not those that the digest has once around it.
Texts texts_in(const List& digest, const List& list) {
  if (digest.address() == list.address()) return Texts::none;
  const bool no_fronter = names_list(digest, Setting::digest_rm_fronter, list.name());
  const bool no_footer = names_list(digest, Setting::digest_rm_footer, list.name());
  if (no_fronter) return no_footer ? Texts::none : Texts::no_fronter;
  return no_footer ? Texts::no_footer : Texts::all;
}

Result<DigestCopy> make_copy(DigestList digest, PostContext context, const Draft& post, std::string_view for_all) {
  DigestCopy copy{std::move(digest.list), std::move(digest.problem), std::nullopt, "", 0};
  const ListConfig& config = context.list->config();
  const bool has_texts = config.is_set(Setting::message_fronter) || config.is_set(Setting::message_footer);
  context.texts = texts_in(copy.digest, *context.list);
  if (has_texts && context.texts != Texts::all) {
    Result<Draft> own = transformed(Changes::copy, context, post);
    if (!own) return own.error();
    copy.text = finish_copy(context, *own).bytes;
    for_all = *copy.text;
  }
  const std::string_view body = context.post->body();
  copy.lines = static_cast<std::uint64_t>(std::count(body.begin(), body.end(), '\n'));
  copy.head = pending_head(for_all, copy.lines);
  return copy;
}

bool is_full(const List& digest, const store::PendingDigest& pending) {
  const ListConfig& config = digest.config();
  const auto max_octets = static_cast<std::uint64_t>(config.integer(Setting::maxlength));
  const auto max_lines = static_cast<std::uint64_t>(config.integer(Setting::digest_maxlines));
  return pending.end - pending.begin >= max_octets || (max_lines > 0 && pending.lines >= max_lines) ||
         pending.posts >= kPostsOfFullIssue;
}

UnixTime next_hour(UnixTime now, UnixTime hour) {
  const UnixTime today = now - now % kDay + hour * kHour;
  return today > now ? today : today + kDay;
}

UnixTime due_time(const List& digest, const store::PendingDigest& pending, UnixTime now) {
  if (is_full(digest, pending)) return now;
  const ListConfig& config = digest.config();
  const UnixTime due = now + config.integer(Setting::digest_maxdays) * kDay;
  if (!config.is_set(Setting::digest_hour)) return due;
  return std::min(due, next_hour(now, config.integer(Setting::digest_hour)));
}

// Earlier than it was, never later.
Status schedule(Work& work, const List& digest, UnixTime due) {
  Result<std::optional<store::DueItem>> there = work.state().find_due_item(kDigest, digest.address(), "");
  if (!there) return there.error();
  if (*there && (*there)->due <= due) return {};
  store::DueItem item;
  item.kind = kDigest;
  item.list = digest.address();
  item.due = due;
  return work.state().schedule(item, work.now());
}

Status add_to_digest(Work& work, const DigestCopy& copy, std::string_view for_all) {
  const List& digest = copy.digest;
  Result<store::PendingDigest> pending = work.state().pending_digest(digest.address());
  if (!pending) return pending.error();
  const std::string_view post = copy.text ? std::string_view(*copy.text) : for_all;
  Status done = make_directory(digest.directory() + "/digest", 0700);
  if (!done) return done;
  Result<FileAppend> file = FileAppend::open(pending_file(digest), pending->end);
  if (!file) return file.error();
  file->put(copy.head);
  file->put(post);
  pending->end = file->end();
  pending->lines += copy.lines;
  ++pending->posts;
  done = file->finish();
  if (done) done = work.state().set_pending_digest(digest.address(), *pending);
  return done ? schedule(work, digest, due_time(digest, *pending, work.now())) : done;
}

struct EntryHead {
  std::uint64_t octets;
  std::uint64_t lines;
  std::string checksum;
};

std::optional<EntryHead> parse_head(std::string_view head) {
  const std::vector<std::string_view> words = split_words(head);
  if (words.size() != 4 || !head.starts_with(kEntryMark) || !head.ends_with('\n')) return std::nullopt;
  const std::optional<std::uint64_t> octets = parse_number(words[1]);
  const std::optional<std::uint64_t> lines = parse_number(words[2]);
  if (!octets || !lines || *octets > kMaxPostOctets) return std::nullopt;
  return EntryHead{*octets, *lines, std::string(trim(words[3]))};
}

std::string checksum_of(std::string_view post) {
  std::array<char, kChecksumDigits + 1> digits{};
  std::snprintf(digits.data(), digits.size(), "%08x", crc32c(post));
  return digits.data();
}

// `octets` from `at` on; damaged when the file ends before.
Result<std::string> read_at(int fd, const List& list, std::uint64_t at, std::size_t octets) {
  std::string bytes(octets, '\0');
  for (std::size_t filled = 0; filled < octets;) {
    const ssize_t got = pread(fd, bytes.data() + filled, octets - filled, static_cast<off_t>(at + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error_from_errno("lists: read " + pending_file(list), errno);
    if (got == 0) return damaged(list, "it is shorter than what waits");
    filled += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace

std::string pending_file(const List& list) { return list.directory() + "/digest/pending"; }

std::string pending_head(std::string_view post, std::uint64_t lines) {
  std::array<char, kHeadOctets + 1> head{};
  std::snprintf(head.data(), head.size(), "post %0*zu %0*llu %s\n", static_cast<int>(kOctetsDigits), post.size(),
                static_cast<int>(kLinesDigits),
                static_cast<unsigned long long>(std::min(lines, std::uint64_t{9'999'999'999})),
                checksum_of(post).c_str());
  return head.data();
}

Result<std::optional<DigestList>> digest_list_of(const Site& site, const ListName& list) {
  const auto name = ListName::parse(list.name() + std::string(kSuffix), list.domain());
  if (!is_there(site, name)) return std::optional<DigestList>();
  Result<List> digest = List::open(site, *name);
  if (digest) {
    if (!names_list(*digest, Setting::digest_of, list)) return std::optional<DigestList>();
    return std::optional(DigestList{std::move(*digest), std::nullopt});
  }
  if (digest.error().kind == ErrorKind::again) return digest.error();
  const std::optional<std::string> said = digest_of_in(site, *name);
  if (said && !equals_ignoring_case(*said, list.name())) return std::optional<DigestList>();
  return std::optional(DigestList{List::with_defaults(site, *name), digest.error()});
}

std::optional<ListName> parent_name_of(const List& list) {
  const std::string parent = to_lower_ascii(list.config().text(Setting::digest_of));
  if (parent.empty() || parent + std::string(kSuffix) != list.name().name()) return std::nullopt;
  return ListName::parse(parent, list.name().domain());
}

Result<std::optional<List>> parent_of(const Site& site, const List& list) {
  const std::optional<ListName> name = parent_name_of(list);
  if (!is_there(site, name)) return std::optional<List>();
  Result<List> parent = List::open(site, *name);
  if (!parent) return parent.error();
  return std::optional<List>(std::move(*parent));
}

Result<std::vector<DigestCopy>> make_digest_copies(const Site& site, const PostContext& context, const Draft& post,
                                                   std::string_view for_all) {
  const List& list = *context.list;
  std::vector<DigestList> digests = {{list, std::nullopt}};
  Result<std::optional<DigestList>> digest = digest_list_of(site, list.name());
  if (!digest) return digest.error();
  if (*digest) digests.push_back(std::move(**digest));
  std::vector<DigestCopy> copies;
  for (DigestList& each : digests) {
    Result<DigestCopy> copy = make_copy(std::move(each), context, post, for_all);
    if (!copy) return copy.error();
    copies.push_back(std::move(*copy));
  }
  return copies;
}

Status add_to_digests(Work& work, const List& list, const std::vector<DigestCopy>& copies, std::string_view for_all) {
  for (const DigestCopy& copy : copies) {
    if (copy.digest.address() == list.address()) {
      Result<std::uint64_t> members = work.state().count_digest_members(list.address());
      if (!members) return members.error();
      if (*members == 0) continue;
    }
    if (copy.problem) {
      log(Severity::warning,
          LogLine("digest").with("list", copy.digest.address()).with("verdict", "waits").with(*copy.problem));
    }
    Status added = add_to_digest(work, copy, for_all);
    if (!added) return added;
  }
  return {};
}

Result<Ask> ask_for_digest(Work& work, const List& list) {
  Result<store::PendingDigest> pending = work.state().pending_digest(list.address());
  if (!pending) return pending.error();
  if (pending->posts > 0) {
    Status asked = schedule(work, list, work.now());
    if (!asked) return asked.error();
    return Ask::is_due;
  }
  Result<std::uint64_t> members = work.state().count_digest_members(list.address());
  if (!members) return members.error();
  return *members > 0 || parent_name_of(list) ? Ask::nothing_waits : Ask::makes_none;
}

Result<IssueContent> next_issue_of(const List& list, const store::PendingDigest& pending, std::size_t max_octets,
                                   std::size_t max_posts) {
  IssueContent issue;
  issue.left = pending;
  store::PendingDigest& left = issue.left;
  Result<UniqueFd> fd = open_file(pending_file(list), O_RDONLY);
  if (!fd) return fd.error().kind == ErrorKind::missing ? damaged(list, "it is gone") : fd.error();
  std::size_t octets = 0;
  while (left.begin < left.end && issue.posts.size() < max_posts) {
    Result<std::string> line = read_at(fd->get(), list, left.begin, kHeadOctets);
    if (!line) return line.error();
    const std::optional<EntryHead> head = parse_head(*line);
    if (!head || left.posts == 0 || left.end - left.begin < kHeadOctets ||
        head->octets > left.end - left.begin - kHeadOctets) {
      return damaged(list, "no post begins at octet " + std::to_string(left.begin));
    }
    if (!issue.posts.empty() && octets + head->octets > max_octets) break;
    Result<std::string> post = read_at(fd->get(), list, left.begin + kHeadOctets, head->octets);
    if (!post) return post.error();
    if (checksum_of(*post) != head->checksum) {
      return damaged(list, "the post at octet " + std::to_string(left.begin) + " is not what was written");
    }
    octets += post->size();
    issue.posts.push_back(std::move(*post));
    left.begin += kHeadOctets + head->octets;
    left.lines -= std::min(left.lines, head->lines);
    --left.posts;
  }
  if (left.begin == left.end) left.begin = left.end = left.posts = left.lines = 0;
  return issue;
}

}  // namespace majlis::lists
