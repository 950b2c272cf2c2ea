#include "lists/posts/distribution.h"

#include "base/log.h"
#include "base/no_output.h"
#include "lists/effects/threads.h"
#include "lists/effects/verp.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/digests/poster.h"
#include "lists/posts/transforms/member_words.h"
#include "lists/posts/transforms/personal.h"

namespace majlis::lists {

namespace {

constexpr UnixTime kHour = 3600;

// Output is forbidden just while this process has the store open.
void tell_who_waits(const List& list, const mail::Message& post) {
  if (!NoOutput::is_in_force()) return;
  log(Severity::info,
      LogLine("copies").with("list", list.address()).with("msgid", post.message_id()).with("made", "under_lock"));
}

std::string flood_key(const List& list) { return "posts-of-hour:" + list.address(); }

Status count_post(Work& work, const List& list) {
  if (list.config().integer(Setting::flood_per_hour) == 0) return {};
  return work.state().count(flood_key(list), work.now(), kHour);
}

// A new member's posts are counted as long as it is one (moderate_first).
Status count_of_author(Work& work, const List& list, const std::optional<mail::Address>& author) {
  const auto limit = static_cast<std::uint64_t>(list.config().integer(Setting::moderate_first));
  if (limit == 0 || !author) return {};
  Result<std::optional<Poster>> poster = find_poster(work, list, *author);
  if (!poster) return poster.error();
  if (!*poster) return {};
  const auto& [where, member] = **poster;
  Result<std::uint64_t> before = work.state().accepted_posts(where, member.address);
  if (!before) return before.error();
  return *before < limit ? work.state().set_accepted_posts(where, member.address, *before + 1) : Status();
}

// Both as it came and as it was sent: answers name the one they saw.
void note_thread(const List& list, const mail::Message& post, Copies& copies) {
  if (list.config().integer(Setting::thread_days) == 0) return;
  ThreadPlace came = thread_place(post);
  std::string sent = thread_place(mail::Message::open(copies.for_all)).own;
  copies.answered = std::move(came.answered);
  if (!sent.empty() && sent != came.own) copies.thread_ids.push_back(std::move(sent));
  if (!came.own.empty()) copies.thread_ids.push_back(std::move(came.own));
}

}  // namespace

Result<Copies> make_copies(const Site& site, const List& list, const mail::Message& post,
                           std::string_view envelope_sender, const ContentFindings* content) {
  tell_who_waits(list, post);
  PostContext context;
  context.list = &list;
  context.post = &post;
  context.site = &site;
  context.content = content;
  Result<Draft> changed = transformed(Changes::post, context, Draft(post));
  if (!changed) return changed.error();
  Result<Draft> for_all = transformed(Changes::copy, context, *changed);
  if (!for_all) return for_all.error();
  Copies copies;
  copies.message_id = post.message_id();
  copies.envelope_sender = envelope_sender;
  copies.for_all = for_all->bytes();
  if (const std::optional<mail::Mailbox> author = post.author()) copies.author = author->address;
  note_thread(list, post, copies);
  if (is_personal(list)) {
    Result<std::optional<spool::PointedText>> personal = personalised(context, *changed);
    if (!personal) return personal.error();
    copies.personal = std::move(*personal);
  }
  Result<std::vector<DigestCopy>> digests = make_digest_copies(site, context, *changed, copies.for_all);
  if (!digests) return digests.error();
  copies.digests = std::move(*digests);
  return copies;
}

Status distribute(Work& work, const List& list, Copies copies) {
  Status kept = count_post(work, list);
  if (kept) kept = count_of_author(work, list, copies.author);
  if (kept) kept = keep_thread(work.state(), list, copies.thread_ids, copies.answered, work.now());
  if (kept && list.config().is_on(Setting::archive)) {
    kept = work.archive(list, copies.for_all, copies.envelope_sender);
    if (kept) kept = schedule_archive_index(work, list, year_month(work.now()));
  }
  if (kept) kept = add_to_digests(work, list, copies.digests, copies.for_all);
  if (!kept) return kept;
  Outgoing post;
  post.without = store::kMemberDigest;
  post.message_id = std::move(copies.message_id);
  post.message = copies.personal ? std::move(copies.personal->text) : std::move(copies.for_all);
  if (copies.personal) post.points = std::move(copies.personal->points);
  return send_to_members(work, list, std::move(post));
}

Result<bool> is_flooded(Work& work, const List& list) {
  const auto limit = static_cast<std::uint64_t>(list.config().integer(Setting::flood_per_hour));
  if (limit == 0) return false;
  Result<std::uint64_t> count = work.state().counted(flood_key(list), work.now(), kHour);
  return count ? Result<bool>(*count >= limit) : count.error();
}

}  // namespace majlis::lists
