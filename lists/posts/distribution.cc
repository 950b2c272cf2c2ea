#include "lists/posts/distribution.h"

#include <set>

#include "base/log.h"
#include "base/no_output.h"
#include "lists/effects/threads.h"
#include "lists/effects/verp.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/digests/poster.h"
#include "lists/posts/transforms/anonymity.h"
#include "lists/posts/transforms/author_policy.h"
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

// The members' copy, and each member's own.
struct MembersCopies {
  FinishedCopy for_all;
  std::optional<PersonalCopy> personal;

  bool are_changed() const { return for_all.is_changed || (personal && personal->is_changed); }
};

Result<MembersCopies> make_members_copies(const PostContext& context, const Draft& post) {
  MembersCopies copies;
  Result<Draft> for_all = transformed(Changes::copy, context, post);
  if (!for_all) return for_all.error();
  copies.for_all = finish_copy(context, *for_all);
  if (!has_own_copies(*context.site, *context.list)) return copies;
  Result<std::optional<PersonalCopy>> personal = personalised(context, post);
  if (!personal) return personal.error();
  copies.personal = std::move(*personal);
  return copies;
}

// Who changes nothing asks nobody.
Status obey_author_policy(PostContext context, const Draft& post, const DomainPolicies& policies,
                          MembersCopies& members, Copies& copies) {
  if (!members.are_changed()) return {};
  Result<AuthorPolicy> policy = find_author_policy(context, policies);
  if (!policy) return policy.error();
  copies.asked = std::move(policy->asked);
  copies.is_against_policy = policy->is_refused;
  if (policy->author_as == AuthorAs::written) return {};
  context.author_as = policy->author_as;
  Result<MembersCopies> own = make_members_copies(context, post);
  if (!own) return own.error();
  members.personal = std::move(own->personal);
  copies.for_members = std::move(own->for_all.bytes);
  return {};
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
  copies.answered = std::move(came.answered);
  std::set<std::string> ids = {came.own, thread_place(mail::Message::open(copies.for_all)).own};
  if (copies.for_members) ids.insert(thread_place(mail::Message::open(*copies.for_members)).own);
  ids.erase("");
  copies.thread_ids.assign(ids.begin(), ids.end());
}

}  // namespace

Result<Copies> make_copies(const Site& site, const List& list, const mail::Message& post,
                           std::string_view envelope_sender, const DomainPolicies& policies,
                           const PostBackground& background) {
  tell_who_waits(list, post);
  PostContext context;
  context.list = &list;
  context.post = &post;
  context.site = &site;
  context.content = background.content;
  context.original = background.original;
  context.now = policies.now();
  Copies copies;
  context.changes = &copies.changes;
  Result<Draft> changed = transformed(Changes::post, context, Draft(post));
  if (!changed) return changed.error();
  Result<MembersCopies> members = make_members_copies(context, *changed);
  if (!members) return members.error();
  copies.message_id = post.message_id();
  copies.envelope_sender = is_anonymous(list) ? list.address() : std::string(envelope_sender);
  copies.people = people_of(post, envelope_sender);
  Status obeyed = obey_author_policy(context, *changed, policies, *members, copies);
  if (!obeyed) return obeyed.error();
  copies.for_all = std::move(members->for_all.bytes);
  if (members->personal) copies.personal = std::move(members->personal->letter);
  note_thread(list, post, copies);
  Result<std::vector<DigestCopy>> digests = make_digest_copies(site, context, *changed, copies.for_all);
  if (!digests) return digests.error();
  copies.digests = std::move(*digests);
  return copies;
}

Status distribute(Work& work, const List& list, Copies copies) {
  Status kept = remember_policy(work, copies.asked);
  if (kept) kept = count_post(work, list);
  if (kept) kept = count_of_author(work, list, copies.people.author);
  if (kept) kept = keep_thread(work.state(), list, copies.thread_ids, copies.answered, work.now());
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
  // One job for all: whoever changes between posts, digests and nothing meanwhile gets it once.
  if (copies.is_urgent) {
    post.reaches = store::kMemberNoMail;
  } else {
    post.without = store::kMemberCollected;
  }
  post.except = std::move(*without_copy);
  post.message_id = std::move(copies.message_id);
  std::string& for_members = copies.for_members ? *copies.for_members : copies.for_all;
  post.message = std::move(copies.personal ? copies.personal->text : for_members);
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
