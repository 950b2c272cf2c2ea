#include "lists/posts/distribution.h"

#include <array>
#include <set>

#include "base/log.h"
#include "base/no_output.h"
#include "lists/effects/letters.h"
#include "lists/effects/threads.h"
#include "lists/effects/verp.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/digests/poster.h"
#include "lists/posts/post_topics.h"
#include "lists/posts/transforms/anonymity.h"
#include "lists/posts/transforms/author_policy.h"
#include "lists/posts/transforms/member_words.h"
#include "lists/posts/transforms/personal.h"

namespace majlis::lists {

namespace {

constexpr UnixTime kHour = 3600;
constexpr UnixTime kDay = 24 * kHour;

// Output is forbidden just while this process has the store open.
void tell_who_waits(const List& list, const mail::Message& post) {
  if (!NoOutput::is_in_force()) return;
  log(Severity::info,
      LogLine("copies").with("list", list.address()).with("msgid", post.message_id()).with("made", "under_lock"));
}

// What is counted against a setting that may limit it, 0 = it does not.
struct Brake {
  Setting limit;
  std::string key;
  UnixTime window_s;
};
Brake of_hour(const List& list) { return {Setting::flood_per_hour, "posts-of-hour:" + list.address(), kHour}; }
Brake of_day(const List& list) { return {Setting::flood_per_day, "posts-of-day:" + list.address(), kDay}; }
Brake of_author(const List& list, const mail::Address& author) {
  return {Setting::author_posts_per_day, "posts-of-author:" + list.address() + ":" + mailbox_key(author), kDay};
}

Result<bool> is_reached(Work& work, const List& list, const Brake& brake) {
  const auto limit = static_cast<std::uint64_t>(list.config().integer(brake.limit));
  if (limit == 0) return false;
  Result<std::uint64_t> count = work.state().counted(brake.key, work.now(), brake.window_s);
  return count ? Result<bool>(*count >= limit) : count.error();
}

Status count_for(Work& work, const List& list, const Brake& brake) {
  if (list.config().integer(brake.limit) == 0) return {};
  return work.state().count(brake.key, work.now(), brake.window_s);
}

Status count_post(Work& work, const List& list, const std::optional<mail::Address>& author) {
  Status counted = count_for(work, list, of_hour(list));
  if (counted) counted = count_for(work, list, of_day(list));
  return counted && author ? count_for(work, list, of_author(list, *author)) : counted;
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

struct StyleRow {
  std::uint32_t flag;
  HeaderStyle style;
};
constexpr std::array kStyles = {
    StyleRow{store::kMemberSubjectHeader, HeaderStyle::subject},
    StyleRow{store::kMemberShortHeader, HeaderStyle::short_form},
    StyleRow{store::kMemberDualHeader, HeaderStyle::dual},
    StyleRow{store::kMemberIetfHeader, HeaderStyle::as_written},
};

// The members' copy, and each member's own: of all, or of those with one style of header.
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

// What the changes to a post owe to its author's domain; asked for once, by whoever changed something.
class PolicyOnce {
 public:
  PolicyOnce(const PostContext& context, const DomainPolicies& policies) : context_(&context), policies_(&policies) {}
  Result<AuthorPolicy> find() {
    if (!found_) {
      Result<AuthorPolicy> policy = find_author_policy(*context_, *policies_);
      if (!policy) return policy.error();
      found_ = std::move(*policy);
    }
    return *found_;
  }
  std::optional<AskedPolicy> asked() const { return found_ ? found_->asked : std::nullopt; }

 private:
  const PostContext* context_;
  const DomainPolicies* policies_;
  std::optional<AuthorPolicy> found_;
};

// Who changes nothing asks nobody. nullopt: they stay as they are.
Result<std::optional<MembersCopies>> obey_author_policy(PostContext context, const Draft& post,
                                                        const MembersCopies& members, PolicyOnce& once) {
  if (!members.are_changed()) return std::optional<MembersCopies>();
  Result<AuthorPolicy> policy = once.find();
  if (!policy) return policy.error();
  if (policy->author_as == AuthorAs::written) return std::optional<MembersCopies>();
  context.author_as = policy->author_as;
  Result<MembersCopies> own = make_members_copies(context, post);
  return own ? Result(std::optional(std::move(*own))) : own.error();
}

// Of members with a header of their own choice. What such a header does to a post never keeps it from anybody.
Result<StyledCopy> make_styled_copy(PostContext context, const StyleRow& row, const Draft& post, PolicyOnce& once) {
  context.style = row.style;
  Result<MembersCopies> members = make_members_copies(context, post);
  if (!members) return members.error();
  Result<std::optional<MembersCopies>> obedient = obey_author_policy(context, post, *members, once);
  if (!obedient) return obedient.error();
  if (*obedient) members = std::move(**obedient);
  if (!members->personal) return StyledCopy{row.flag, std::move(members->for_all.bytes)};
  spool::PointedText& letter = members->personal->letter;
  return StyledCopy{row.flag, std::move(letter.text), std::move(letter.points)};
}

Status add_styled_copies(PostContext context, const Draft& changed, std::uint32_t styles, PolicyOnce& once,
                         Copies& copies) {
  context.changes = nullptr;  // they were counted
  for (const StyleRow& row : kStyles) {
    if ((styles & row.flag) == 0) continue;
    std::optional<Draft> as_written;
    if (row.style == HeaderStyle::as_written) {
      PostContext own = context;
      own.style = row.style;
      Result<Draft> draft = transformed(Changes::post, own, Draft(*context.post));
      if (!draft) return draft.error();
      as_written = std::move(*draft);
    }
    Result<StyledCopy> copy = make_styled_copy(context, row, as_written ? *as_written : changed, once);
    if (!copy) return copy.error();
    copies.styled.push_back(std::move(*copy));
  }
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
                           std::string_view envelope_sender, const CopyFacts& facts, const PostBackground& background) {
  tell_who_waits(list, post);
  PostContext context;
  context.list = &list;
  context.post = &post;
  context.site = &site;
  context.content = background.content;
  context.original = background.original;
  context.now = facts.now();
  Copies copies;
  context.changes = &copies.changes;
  Result<Draft> changed = transformed(Changes::post, context, Draft(post));
  if (!changed) return changed.error();
  Result<MembersCopies> members = make_members_copies(context, *changed);
  if (!members) return members.error();
  copies.message_id = post.message_id();
  copies.envelope_sender = is_anonymous(list) ? list.address() : std::string(envelope_sender);
  copies.people = people_of(post, envelope_sender);
  PolicyOnce once(context, facts.policies());
  Result<std::optional<MembersCopies>> obedient = obey_author_policy(context, *changed, *members, once);
  if (!obedient) return obedient.error();
  if (members->are_changed()) copies.is_against_policy = once.find()->is_refused;
  if (*obedient) {
    members->personal = std::move((*obedient)->personal);
    copies.for_members = std::move((*obedient)->for_all.bytes);
  }
  Result<std::uint32_t> styles = facts.header_styles(list);
  if (!styles) return styles.error();
  Status styled = add_styled_copies(context, *changed, *styles, once, copies);
  if (!styled) return styled.error();
  copies.asked = once.asked();
  copies.topics = topics_of_post(list, post);
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
  if (kept) kept = count_post(work, list, copies.people.author);
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
  post.topics = std::move(copies.topics);
  // One job for all: whoever changes between posts, digests and nothing meanwhile gets it once.
  if (copies.is_urgent) {
    post.reaches = store::kMemberNoMail;
  } else {
    post.without = store::kMemberCollected;
  }
  post.except = std::move(*without_copy);
  post.message_id = std::move(copies.message_id);
  std::vector<Outgoing> all;
  for (StyledCopy& copy : copies.styled) {
    Outgoing& own = all.emplace_back(post);
    own.with_any = copy.style;
    own.message = std::move(copy.text);
    own.points = std::move(copy.points);
  }
  for (const StyledCopy& copy : copies.styled) post.without |= copy.style;
  std::string& for_members = copies.for_members ? *copies.for_members : copies.for_all;
  post.message = std::move(copies.personal ? copies.personal->text : for_members);
  if (copies.personal) post.points = std::move(copies.personal->points);
  all.push_back(std::move(post));
  return send_to_members(work, list, std::move(all));
}

Result<bool> is_flooded(Work& work, const List& list) { return is_reached(work, list, of_hour(list)); }

Result<bool> is_flooded_today(Work& work, const List& list) { return is_reached(work, list, of_day(list)); }

Result<bool> is_flooded_by(Work& work, const List& list, const mail::Address& author) {
  return is_reached(work, list, of_author(list, author));
}

}  // namespace majlis::lists
