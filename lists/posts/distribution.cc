#include "lists/posts/distribution.h"

#include "base/log.h"
#include "base/no_output.h"
#include "lists/effects/verp.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/transforms/anonymity.h"
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

// Whoever is in charge can still find out who wrote what the members see without a name.
void note_name(Work& work, const List& list, const Copies& copies) {
  if (copies.message_id.empty()) return;
  const std::string author = copies.people.author ? copies.people.author->canonical() : "?";
  const std::string sent_as = anonymous_message_id(work.site(), list, copies.message_id);
  const std::string text =
      "list=" + list.address() + " written_as=" + copies.message_id + " sent_as=" + sent_as + " by=" + author;
  for (const std::string& key : {copies.message_id, sent_as}) work.note(key, text);
}

}  // namespace

Result<Copies> make_copies(const Site& site, const List& list, const mail::Message& post,
                           std::string_view envelope_sender, UnixTime now, const ContentFindings* content) {
  tell_who_waits(list, post);
  PostContext context;
  context.list = &list;
  context.post = &post;
  context.site = &site;
  context.content = content;
  context.now = now;
  Result<Draft> changed = transformed(Changes::post, context, Draft(post));
  if (!changed) return changed.error();
  Result<Draft> for_all = transformed(Changes::copy, context, *changed);
  if (!for_all) return for_all.error();
  Copies copies;
  copies.message_id = post.message_id();
  copies.envelope_sender = is_anonymous(list) ? list.address() : std::string(envelope_sender);
  copies.people = people_of(post, envelope_sender);
  copies.for_all = for_all->bytes();
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
  if (kept && list.config().is_on(Setting::archive)) {
    kept = work.archive(list, copies.for_all, copies.envelope_sender);
    if (kept) kept = schedule_archive_index(work, list, year_month(work.now()));
  }
  if (kept) kept = add_to_digests(work, list, copies.digests, copies.for_all);
  if (!kept) return kept;
  Result<std::vector<std::string>> without_copy = members_without_copy(work, list, copies.people);
  if (!without_copy) return without_copy.error();
  if (is_anonymous(list)) note_name(work, list, copies);
  Outgoing post;
  post.without = store::kMemberDigest;
  post.except = std::move(*without_copy);
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
