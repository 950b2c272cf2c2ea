#include "lists/posts/held/moderation.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/decide_lines.h"
#include "lists/effects/letters.h"
#include "lists/posts/distribution.h"
#include "lists/posts/held/held_post.h"
#include "lists/site/reasons.h"
#include "mail/automatic.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kMaxHeldSearched = 1000;
constexpr std::size_t kMaxHeldOctets = 512 * 1024 * 1024;
constexpr std::string_view kReasonPart = "part_author_reason";

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

std::string in_language(const Work& work, const List& list, const Reasons& reasons) {
  return reasons_in(work.site(), list.config().text(Setting::language), reasons);
}

void notify_moderators(Work& work, const List& list, const PostFacts& facts, const store::PendingItem& item,
                       const HeldPost& post) {
  Correspondence notice;
  notice.text_name = "held_moderator";
  notice.values = {
      {"author", item.address.empty() ? in_language(work, list, {{ReasonId::nobody_named}}) : item.address},
      {"subject", post.subject},
      {"size", std::to_string(post.size_octets)},
      {"reason", in_language(work, list, post.reasons)},
      {"server", list.role_address("request")},
      {"expires", iso8601(item.expires).substr(0, 10)}};
  notice.values.merge(decide_values(work, list, item, dialect_of(list), kReasonPart));
  notice.to = list.moderators();
  notice.reply_to = list.role_address("request");
  notice.attachments = {{"message/rfc822", "held.eml", std::string(facts.message->bytes())}};
  send_letter(work, list, notice);
}

Status write_to_author(Work& work, const List& list, const mail::Address& author, std::string_view text_name,
                       std::string_view message_id, TextValues values) {
  const auto limit = static_cast<std::uint32_t>(work.site().config().replies_per_day);
  Result<bool> within = work.count_within("author-letter-to:" + author.canonical(), limit, kDay);
  if (!within) return within.error();
  if (!*within) return {};
  Correspondence letter;
  letter.text_name = text_name;
  letter.values = std::move(values);
  letter.values["message_id"] = message_id;
  letter.to = {author};
  letter.in_reply_to = message_id;
  send_letter(work, list, letter);
  return {};
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
  const std::string why = told_reason(work.site(), list.config().text(Setting::language), reason);
  return write_to_author(work, list, *author, "rejected_author", post.message_id, {{"reason", why}});
}

// The item goes, and the log tells why.
Status conclude(Work& work, const List& list, const store::PendingItem& item, const HeldPost& post,
                Settlement settlement) {
  if (Status done = remove_pending(work, item); !done) return done;
  work.remove_file(held_file(list, item.id));
  const auto [verdict, rule] = words_for(settlement);
  work.note(post.message_id,
            "list=" + list.address() + " verdict=" + std::string(verdict) + " rule=" + std::string(rule));
  work.log_when_done(LogLine("post")
                         .with("list", list.address())
                         .with("msgid", post.message_id)
                         .with("verdict", verdict)
                         .with("rule", rule));
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

Status tell_author(Work& work, const List& list, const PostFacts& facts, const Reasons& reasons,
                   std::string_view text_name, TextValues values) {
  if (!facts.author || mail::automatic_reason(*facts.message, facts.envelope_sender)) return {};
  values["reason"] = in_language(work, list, reasons);
  return write_to_author(work, list, facts.author->address, text_name, facts.message->message_id(), std::move(values));
}

Status hold_post(Work& work, const List& list, const PostFacts& facts, const Decision& decision) {
  const HeldPost post = post_of(facts, decision);
  const store::PendingItem item = item_of(work, list, facts, post);
  Status held = make_directory(list.directory() + "/held", 0700);
  if (held) held = add_pending(work, item);
  if (!held) return held;
  work.write_file(held_file(list, item.id), std::string(facts.message->bytes()));
  notify_moderators(work, list, facts, item, post);
  return tell_author(work, list, facts, post.reasons, "held_author",
                     {{"expires", iso8601(item.expires).substr(0, 10)}});
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
    Status settled = settle_post(work, list, item, Settlement::superseded, "", std::nullopt);
    if (!settled) return settled;
  }
  return {};
}

Status settle_post(Work& work, const List& list, const store::PendingItem& item, Settlement settlement,
                   std::string_view reason, std::optional<Copies> copies) {
  Result<HeldPost> post = read_held_post(item);
  if (!post) return post.error();
  Status done;
  if (settlement == Settlement::approve) done = release(work, list, item, std::move(copies));
  if (settlement == Settlement::reject) done = refuse(work, list, item, *post, reason);
  return done ? conclude(work, list, item, *post, settlement) : done;
}

std::string summary_of_post(const Work& work, const List& list, const store::PendingItem& item) {
  const Result<HeldPost> read = read_held_post(item);
  const HeldPost post = read ? *read : HeldPost();
  TextValues values = {{"author", item.address.empty() ? "?" : item.address},
                       {"subject", post.subject},
                       {"size", std::to_string(post.size_octets)},
                       {"reason", in_language(work, list, post.reasons)},
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
