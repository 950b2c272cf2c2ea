#include "lists/posts/held/moderation.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/decide_lines.h"
#include "lists/posts/distribution.h"
#include "lists/posts/held/author_challenge.h"
#include "lists/posts/held/author_letters.h"
#include "lists/posts/held/held_post.h"
#include "lists/posts/held/notice.h"
#include "lists/site/reasons.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxHeldSearched = 1000;
constexpr std::size_t kMaxHeldOctets = 512 * 1024 * 1024;

HeldPost post_of(const PostFacts& facts, const Decision& decision) {
  HeldPost post;
  post.subject = facts.message->subject();
  post.message_id = facts.message->message_id();
  post.rule = decision.rule;
  post.reasons = decision.reasons;
  post.size_octets = facts.message->bytes().size();
  return post;
}

store::PendingItem item_of(const Work& work, const List& list, const PostFacts& facts, const HeldPost& post) {
  store::PendingItem item;
  item.list = list.address();
  item.id = pending_id(work.site(), list, facts.message->bytes(), work.now());
  item.kind = kPendingPost;
  item.address = facts.author ? facts.author->address.canonical() : "";
  item.asked = work.now();
  item.expires = pending_until(list, work.now());
  item.details = details_of(post);
  return item;
}

Status release(Work& work, const List& list, const store::PendingItem& item, std::optional<Copies> copies) {
  if (copies) return distribute(work, list, std::move(*copies));
  Result<std::optional<Copies>> made = copies_of_held(work.site(), list, item.id);
  if (!made) return made.error();
  if (*made) return distribute(work, list, std::move(**made));
  return Error{ErrorKind::missing, "lists: " + held_file(list, item.id) + " is gone"};
}

Status refuse(Work& work, const List& list, const store::PendingItem& item, const HeldPost& post,
              std::string_view reason) {
  const auto author = mail::Address::parse(item.address);
  if (!author) return {};
  tell_rejection(work, list, *author, {post.message_id, post.subject, item.asked}, post.reasons,
                 told_reason(work.site(), list.config().text(Setting::language), reason));
  return {};
}

// The item goes, and the log tells why.
Status conclude(Work& work, const List& list, const store::PendingItem& item, const HeldPost& post,
                const Ruling& ruling) {
  if (Status done = remove_pending(work, item); !done) return done;
  work.remove_file(held_file(list, item.id));
  note_ruling(work, item, ruling);
  const auto [verdict, rule] = words_for(ruling.settlement);
  work.note(post.message_id, "list=" + list.address() + " verdict=" + std::string(verdict) +
                                 " rule=" + std::string(rule) + by_words(ruling.by));
  work.log_when_done(LogLine("post")
                         .with("list", list.address())
                         .with("msgid", post.message_id)
                         .with("verdict", verdict)
                         .with("rule", rule)
                         .with("by", ruling.by));
  return {};
}

bool is_id_octet(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

Result<std::optional<Copies>> copies_of_held(const Site& site, const List& list, std::string_view id) {
  // The store has not been asked whether there is such a post: what is no id becomes no path.
  if (!std::all_of(id.begin(), id.end(), is_id_octet)) return std::optional<Copies>();
  Result<std::string> bytes = read_file(site.directory() + "/" + held_file(list, id), kMaxHeldOctets);
  if (!bytes && bytes.error().kind == ErrorKind::missing) return std::optional<Copies>();
  if (!bytes) return bytes.error();
  const mail::Message post = mail::Message::open(std::move(*bytes));
  const std::optional<mail::Mailbox> author = post.author();
  Result<Copies> copies = make_copies(site, list, post, author ? author->address.canonical() : "");
  if (!copies) return copies.error();
  return std::optional(std::move(*copies));
}

std::string held_file(const List& list, std::string_view id) {
  return "lists/" + list.name().domain() + "/" + list.name().name() + "/held/" + std::string(id) + ".eml";
}

namespace {

// Whom it waits for: its author, unless that can be asked no more today.
Result<bool> is_asked_of_author(Work& work, const List& list, const PostFacts& facts, HeldPost& post) {
  if (!waits_for_author(post.reasons)) return false;
  Result<bool> asked = ask_author(work, list, facts);
  if (!asked || *asked) return asked;
  for (Reason& reason : post.reasons) {
    if (reason.id == ReasonId::challenged) reason = {ReasonId::not_confirmed, {}};
  }
  return false;
}

}  // namespace

Status hold_post(Work& work, const List& list, const PostFacts& facts, const Decision& decision) {
  HeldPost post = post_of(facts, decision);
  Result<bool> asked = is_asked_of_author(work, list, facts, post);
  if (!asked) return asked.error();
  const store::PendingItem item = item_of(work, list, facts, post);
  Status held = make_directory(list.directory() + "/held", 0700);
  if (held) held = add_pending(work, item);
  if (held && !*asked) held = notify_moderators(work, list, facts, item, post);
  if (!held) return held;
  work.write_file(held_file(list, item.id), std::string(facts.message->bytes()));
  if (*asked) return {};
  Result<AuthorLetter> told =
      tell_author(work, list, facts, post.reasons, "held_author", {{"expires", iso8601(item.expires).substr(0, 10)}});
  if (!told) return told.error();
  return *told == AuthorLetter::used_up ? tell_of_ceiling(work, &list, ceiling_of_letters(list)) : Status();
}

Status settle_held_copy(Work& work, const List& list, std::string_view message_id) {
  if (message_id.empty()) return {};
  Result<std::vector<store::PendingItem>> items = work.state().pending_items(list.address(), kMaxHeldSearched);
  if (!items) return items.error();
  for (const store::PendingItem& item : *items) {
    if (item.kind != kPendingPost) continue;
    Result<HeldPost> post = read_held_post(item);
    if (!post) return post.error();
    if (post->message_id != message_id) continue;
    Status settled = settle_post(work, list, item, {.settlement = Settlement::superseded}, std::nullopt);
    if (!settled) return settled;
  }
  return {};
}

Status settle_post(Work& work, const List& list, const store::PendingItem& item, const Ruling& ruling,
                   std::optional<Copies> copies) {
  Result<HeldPost> post = read_held_post(item);
  if (!post) return post.error();
  Status done;
  const bool goes_out = ruling.settlement == Settlement::approve || ruling.settlement == Settlement::confirmed;
  if (goes_out) done = release(work, list, item, std::move(copies));
  if (ruling.settlement == Settlement::reject) done = refuse(work, list, item, *post, ruling.reason);
  return done ? conclude(work, list, item, *post, ruling) : done;
}

std::string summary_of_post(const Work& work, const List& list, const store::PendingItem& item) {
  const Result<HeldPost> read = read_held_post(item);
  const HeldPost post = read ? *read : HeldPost();
  TextValues values = {{"author", item.address.empty() ? "?" : item.address},
                       {"subject", shown_subject(post)},
                       {"size", std::to_string(post.size_octets)},
                       {"reason", reasons_in(work.site(), list.config().text(Setting::language), post.reasons)},
                       {"held", iso8601(item.asked).substr(0, 10)},
                       {"expires", iso8601(item.expires).substr(0, 10)}};
  values.merge(decide_values(work, list, item, dialect_of(list), kReasonPart));
  return render_text(work.site(), list.config().text(Setting::language), "part_held_post", values).body;
}

Result<PendingDescription> describe_post(const store::PendingItem& item) {
  Result<HeldPost> post = read_held_post(item);
  if (!post) return post.error();
  PendingDescription description;
  description.subject = std::move(post->subject);
  description.message_id = std::move(post->message_id);
  description.rule = std::move(post->rule);
  description.reasons = std::move(post->reasons);
  description.size_octets = post->size_octets;
  return description;
}

}  // namespace majlis::lists
