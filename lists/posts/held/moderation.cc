#include "lists/posts/held/moderation.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/decide_lines.h"
#include "lists/posts/distribution/distribution.h"
#include "lists/posts/held/author_challenge.h"
#include "lists/posts/held/author_letters.h"
#include "lists/posts/held/held_post.h"
#include "lists/posts/held/notice.h"
#include "lists/posts/reading/given_words.h"
#include "lists/site/reasons.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxHeldSearched = 1000;
constexpr std::size_t kMaxHeldOctets = 512 * 1024 * 1024;

HeldPost post_of(const PostFacts& facts, const Decision& decision) {
  HeldPost post;
  post.subject = facts.message->subject();
  if (is_for_manager(decision.reasons)) {
    post.subject = without_given_words(post.subject, given_words(*facts.message, facts.list->name().name()));
  }
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

Status send_copies(Work& work, const List& list, Copies copies) {
  if (Status told = acknowledge(work, list, copies.people); !told) return told;
  return distribute(work, list, std::move(copies));
}

bool is_id_octet(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The store has not been asked whether there is such a post: what is no id becomes no path.
bool is_id(std::string_view word) { return std::all_of(word.begin(), word.end(), is_id_octet); }

std::string path_of_held(const Site& site, const List& list, std::string_view id) {
  return site.directory() + "/" + held_file(list, id);
}

Result<Copies> copies_of(const Site& site, const List& list, const mail::Message& post, const CopyFacts& facts) {
  const std::optional<mail::Mailbox> author = post.author();
  return make_copies(site, list, post, author ? author->address.canonical() : "", facts);
}

// `changes`: what policy made of it.
Status release(Work& work, const List& list, const store::PendingItem& item, std::optional<Copies> copies,
               ContentChanges& changes) {
  if (copies) {
    changes = copies->changes;
    return send_copies(work, list, std::move(*copies));
  }
  if (is_scanned(work.site(), list)) {
    return Error{ErrorKind::again, "lists: " + held_file(list, item.id) + " was not scanned yet"};
  }
  Result<std::optional<mail::Message>> post = open_held(work.site(), list, item.id);
  if (!post) return post.error();
  if (!*post) return Error{ErrorKind::missing, "lists: " + held_file(list, item.id) + " is gone"};
  Result<Copies> made = copies_of(work.site(), list, **post, CopyFacts(work));
  if (!made) return made.error();
  changes = made->changes;
  return send_copies(work, list, std::move(*made));
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
                const Ruling& ruling, const ContentChanges& changes) {
  if (Status done = remove_pending(work, item); !done) return done;
  work.remove_file(held_file(list, item.id));
  note_ruling(work, item, ruling);
  const auto [verdict, rule] = words_for(ruling.settlement);
  work.note(post.message_id, "list=" + list.address() + " verdict=" + std::string(verdict) +
                                 " rule=" + std::string(rule) + by_words(ruling.by) + words_for(changes));
  work.log_when_done(with_changes(LogLine("post")
                                      .with("list", list.address())
                                      .with("msgid", post.message_id)
                                      .with("verdict", verdict)
                                      .with("rule", rule)
                                      .with("by", ruling.by),
                                  changes));
  return {};
}

}  // namespace

Result<std::optional<mail::Message>> open_held(const Site& site, const List& list, std::string_view id) {
  if (!is_id(id)) return std::optional<mail::Message>();
  Result<std::string> bytes = read_file(path_of_held(site, list, id), kMaxHeldOctets);
  if (!bytes && bytes.error().kind == ErrorKind::missing) return std::optional<mail::Message>();
  if (!bytes) return bytes.error();
  return std::optional(mail::Message::open(std::move(*bytes)));
}

Result<std::optional<Release>> release_of_held(const Site& site, const List& list, std::string_view id,
                                               SiteScanner& scanner, const CopyFacts& facts) {
  Result<std::optional<mail::Message>> post = open_held(site, list, id);
  if (!post) return post.error();
  if (!*post) return std::optional<Release>();
  if (is_scanned(site, list)) {
    const net::Scan scan = scanner.scan(**post);
    log_scan(list, **post, scan);
    if (auto obstacle = obstacle_in(scan)) return std::optional(Release{{}, std::move(obstacle)});
  }
  Result<Copies> copies = copies_of(site, list, **post, facts);
  return copies ? Result<std::optional<Release>>(Release{std::move(*copies)}) : copies.error();
}

bool has_held_file(const Site& site, const List& list, std::string_view id) {
  return is_id(id) && path_exists(path_of_held(site, list, id));
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
  ContentChanges changes;
  const bool goes_out = ruling.settlement == Settlement::approve || ruling.settlement == Settlement::confirmed;
  if (goes_out) done = release(work, list, item, std::move(copies), changes);
  if (ruling.settlement == Settlement::reject) done = refuse(work, list, item, *post, ruling.reason);
  return done ? conclude(work, list, item, *post, ruling, changes) : done;
}

std::string summary_of_post(const Work& work, const List& list, const store::PendingItem& item) {
  const Result<HeldPost> read = read_held_post(item);
  const HeldPost post = read ? *read : HeldPost();
  TextValues values = {{"author", item.address.empty() ? "?" : item.address},
                       {"subject", shown_subject(post)},
                       {"size", std::to_string(post.size_octets)},
                       {"reason", reasons_in(work.site(), list.config().text(Setting::language), post.reasons)},
                       {"claimed", claimed_line(work, list, item)},
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
