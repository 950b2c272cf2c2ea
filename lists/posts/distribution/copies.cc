#include "lists/posts/distribution/copies.h"

#include <array>
#include <set>

#include "base/log.h"
#include "base/no_output.h"
#include "lists/effects/threads.h"
#include "lists/posts/distribution/post_topics.h"
#include "lists/posts/transforms/anonymity.h"
#include "lists/posts/transforms/author_policy.h"
#include "lists/posts/transforms/member_words.h"
#include "lists/posts/transforms/personal.h"

namespace majlis::lists {
namespace {

// Output is forbidden just while this process has the store open.
void tell_who_waits(const List& list, const mail::Message& post) {
  if (!NoOutput::is_in_force()) return;
  log(Severity::info,
      LogLine("copies").with("list", list.address()).with("msgid", post.message_id()).with("made", "under_lock"));
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

}  // namespace majlis::lists
