#include "lists/posts/held/author_release.h"

#include <algorithm>
#include <array>
#include <memory>

#include "auth/token.h"
#include "lists/effects/address_filter.h"
#include "lists/effects/bans.h"
#include "lists/effects/pending.h"
#include "lists/posts/content/attachment_policy.h"
#include "lists/posts/content/removal.h"
#include "lists/posts/digests/poster.h"
#include "lists/posts/distribution/post_counts.h"
#include "lists/posts/held/author_challenge.h"
#include "lists/posts/held/held_post.h"
#include "lists/posts/held/moderation.h"
#include "lists/posts/held/notice.h"
#include "lists/posts/rules/rules.h"
#include "lists/site/former_names.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxPosts = 1'000;  // of one author that wait

// A post that waits, as far as notices need to know it.
struct HeldContent {
  std::unique_ptr<mail::Message> message;
  PostFacts facts;  // of `message`
};

Result<std::optional<HeldContent>> read_held(const Site& site, const List& list, std::string_view id) {
  Result<std::optional<mail::Message>> message = open_held(site, list, id);
  if (!message) return message.error();
  if (!*message) return std::optional<HeldContent>();
  HeldContent held;
  held.message = std::make_unique<mail::Message>(std::move(**message));
  held.facts.site = &site;
  held.facts.list = &list;
  held.facts.message = held.message.get();
  held.facts.author = held.message->author();
  held.facts.content = examine_attachments(attachment_policy_of(list.config()), *held.message);
  return std::optional(std::move(held));
}

Error is_gone(const List& list, std::string_view id) {
  return {ErrorKind::missing, "lists: " + held_file(list, id) + " is gone"};
}

bool is_challenged(const Reason& reason) { return reason.id == ReasonId::challenged; }

struct Brake {
  Result<bool> (*is_reached)(Work&, const List&);
  ReasonId reason;
  Setting limit;
};
constexpr std::array kBrakes = {
    Brake{is_flooded, ReasonId::flooded, Setting::flood_per_hour},
    Brake{is_flooded_today, ReasonId::flooded_today, Setting::flood_per_day},
};

// What those in charge have said about its author since it came.
Result<std::optional<Reason>> what_forbids_now(Work& work, const List& list, const mail::Address& author) {
  Result<std::optional<Poster>> poster = find_poster(work, list, author);
  if (!poster) return poster.error();
  const std::uint32_t flags = *poster ? (*poster)->member.flags : 0;
  if ((flags & store::kMemberNoPost) != 0) return std::optional(Reason{ReasonId::nopost, {}});
  const bool is_moderated = list.config().is_on(Setting::moderate) && (flags & store::kMemberEditor) == 0;
  if (is_moderated || (flags & store::kMemberModerated) != 0) return std::optional(Reason{ReasonId::moderated, {}});
  if (!*poster && is_filtered(list.config(), author)) return std::optional(Reason{ReasonId::filtered, {}});
  return std::optional<Reason>();
}

// What holds it besides that its author had not confirmed.
Result<Reasons> other_reasons(Work& work, const List& list, const mail::Address& author, const HeldPost& post) {
  Reasons reasons = post.reasons;
  std::erase_if(reasons, is_challenged);
  const auto is_there = [&](ReasonId id) {
    return std::any_of(reasons.begin(), reasons.end(), [&](const Reason& reason) { return reason.id == id; });
  };
  if (list.config().is_on(Setting::emergency) && !is_there(ReasonId::emergency)) {
    reasons.push_back({ReasonId::emergency, {}});
  }
  Result<std::optional<Reason>> standing = what_forbids_now(work, list, author);
  if (!standing) return standing.error();
  if (*standing && !is_there((*standing)->id)) reasons.push_back(**standing);
  for (const Brake& brake : kBrakes) {
    Result<bool> reached = brake.is_reached(work, list);
    if (!reached) return reached.error();
    if (!*reached || is_there(brake.reason)) continue;
    reasons.push_back({brake.reason, {{"limit", std::to_string(list.config().integer(brake.limit))}}});
  }
  return reasons;
}

// What is taken out of it holds nothing: that was a remark.
void drop_remarks(const PostFacts& facts, Reasons& reasons) {
  const std::optional<Decision> found = attachments(facts);
  if (!found || found->action != Action::accept) return;
  std::erase_if(reasons, [&](const Reason& reason) {
    return std::find(found->reasons.begin(), found->reasons.end(), reason) != found->reasons.end();
  });
}

// It waits on, for the moderators.
Status pass_on(Work& work, const List& list, store::PendingItem item, HeldPost post, PostFacts& facts) {
  facts.shown = without_found(*facts.message, facts.content, notes_of(work.site(), list));
  post.rule = word_for(post.reasons.front().id);
  item.details = details_of(post);
  Status kept = work.state().put_pending(item);
  if (kept) kept = schedule_hold_summary(work.state(), item.list, work.now());
  if (kept) kept = notify_moderators(work, list, facts, item, post);
  work.log_when_done(LogLine("post")
                         .with("list", list.address())
                         .with("msgid", post.message_id)
                         .with("verdict", "hold")
                         .with("rule", post.rule)
                         .with("by", item.address));
  return kept;
}

Status send_out(Work& work, const List& list, const store::PendingItem& item, const MadeCopies& made) {
  std::optional<Copies> copies = made(item.id);
  if (!copies) {
    Result<std::optional<Copies>> now = copies_of_confirmed(work.site(), list, item.id, CopyFacts(work));
    if (!now) return now.error();
    if (!*now) return is_gone(list, item.id);
    copies = std::move(*now);
  }
  return settle_post(work, list, item, {.settlement = Settlement::confirmed, .by = item.address}, std::move(copies));
}

Status release_one(Work& work, const List& list, const mail::Address& author, const store::PendingItem& item,
                   const MadeCopies& made, Released& released) {
  Result<HeldPost> post = read_held_post(item);
  if (!post) return post.error();
  Result<Reasons> others = other_reasons(work, list, author, *post);
  if (!others) return others.error();
  std::optional<HeldContent> held;
  if (!others->empty()) {
    Result<std::optional<HeldContent>> read = read_held(work.site(), list, item.id);
    if (!read) return read.error();
    if (!*read) return is_gone(list, item.id);
    held = std::move(*read);
    drop_remarks(held->facts, *others);
  }
  if (others->empty()) {
    ++released.sent;
    return send_out(work, list, item, made);
  }
  ++released.to_moderators;
  post->reasons = std::move(*others);
  return pass_on(work, list, item, std::move(*post), held->facts);
}

}  // namespace

Result<std::optional<Copies>> copies_of_confirmed(const Site& site, const List& list, std::string_view id,
                                                  const CopyFacts& copy_facts) {
  Result<std::optional<HeldContent>> held = read_held(site, list, id);
  if (!held) return held.error();
  if (!*held) return std::optional<Copies>();
  const PostFacts& facts = (*held)->facts;
  const std::string author = facts.author ? facts.author->address.canonical() : "";
  Result<Copies> copies = make_copies(site, list, *facts.message, author, copy_facts, {.content = &facts.content});
  return copies ? Result(std::optional<Copies>(std::move(*copies))) : copies.error();
}

Result<std::vector<std::string>> ids_confirmed_by(const Site& site, const ListName& list, const mail::Address& author,
                                                  std::string_view token, UnixTime now) {
  std::vector<std::string> ids;
  if (!auth::canonical_token(token)) return ids;
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  Result<std::string> name = token_name(**reader, list.address());
  if (!name) return name.error();
  if (!check_token(site, token, grant_of(*name, confirm_post_action(), author), now)) return ids;
  auto waiting = (*reader)->pending_about(list.address(), kPendingPost, author.canonical(), kMaxPosts);
  if (!waiting) return waiting.error();
  for (const store::PendingItem& item : *waiting) {
    if (waits_for_author(item)) ids.push_back(item.id);
  }
  return ids;
}

Result<Released> release_posts(Work& work, const List& list, const mail::Address& author, const MadeCopies& made) {
  Status forgotten = work.state().forget_seen(list.address(), challenge_key(confirm_post_action(), author));
  if (!forgotten) return forgotten.error();
  Result<bool> is_out = is_banned(work.state(), list.address(), author);
  if (!is_out) return is_out.error();
  auto waiting = work.state().pending_about(list.address(), kPendingPost, author.canonical(), kMaxPosts);
  if (!waiting) return waiting.error();
  std::sort(waiting->begin(), waiting->end(),
            [](const store::PendingItem& a, const store::PendingItem& b) { return a.asked < b.asked; });
  Released released;
  for (const store::PendingItem& item : *waiting) {
    if (!waits_for_author(item)) continue;
    Status done = *is_out ? settle_post(work, list, item, {.settlement = Settlement::discard}, std::nullopt)
                          : release_one(work, list, author, item, made, released);
    if (!done) return done.error();
  }
  return released;
}

}  // namespace majlis::lists
