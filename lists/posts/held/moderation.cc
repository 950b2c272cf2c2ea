#include "lists/posts/held/moderation.h"

#include "auth/fingerprint.h"
#include "auth/token.h"
#include "base/file.h"
#include "base/text.h"
#include "lists/effects/letters.h"
#include "lists/posts/distribution.h"
#include "lists/posts/held/hold_schedule.h"
#include "lists/site/reasons.h"
#include "mail/automatic.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kIdLength = 16;
constexpr std::size_t kFormerIdLength = 10;  // of posts that were held before ids had a key
constexpr std::size_t kMaxHeldSearched = 1000;
constexpr std::size_t kMaxHeldOctets = 512 * 1024 * 1024;
constexpr std::size_t kMaxSearchedForWord = 256 * 1024;
constexpr unsigned kMaxWordsTried = 20;
constexpr std::size_t kMinTokenOctets = 16;
constexpr std::size_t kMaxTokenOctets = 64;
constexpr std::string_view kModerate = "moderate";

auth::TokenGrant grant_for(const std::string& list, std::string_view id) {
  return {list, std::string(kModerate), std::string(id), ""};
}

// Letters and digits out of the message's own hash: a second run names the same file. Nobody without the site's key can
// make two messages that share one.
std::string id_for(const Site& site, const List& list, const mail::Message& message, UnixTime now) {
  const auth::SecretKey& key = site.keys().front();
  return hex(auth::keyed_fingerprint(key, {"held", list.address(), std::to_string(now), message.bytes()}))
      .substr(0, kIdLength);
}

store::HeldPost row_for(const Work& work, const List& list, const PostFacts& facts, const Decision& decision) {
  store::HeldPost post;
  post.list = list.address();
  post.id = id_for(work.site(), list, *facts.message, work.now());
  post.sender = facts.author ? facts.author->address.canonical() : "";
  post.subject = facts.message->subject();
  post.message_id = facts.message->message_id();
  post.rule = decision.rule;
  post.reason = decision.reason;
  post.size_octets = facts.message->bytes().size();
  post.held = work.now();
  post.expires = work.now() + list.config().integer(Setting::hold_days) * kDay;
  return post;
}

std::string in_language(const Work& work, const List& list, std::string_view reason) {
  return reason_in(work.site(), list.config().text(Setting::language), reason);
}

void notify_moderators(Work& work, const List& list, const PostFacts& facts, const store::HeldPost& post) {
  Correspondence notice;
  notice.text_name = "held_moderator";
  notice.values = {{"author", post.sender.empty() ? in_language(work, list, "(not one single author)") : post.sender},
                   {"subject", post.subject},
                   {"size", std::to_string(post.size_octets)},
                   {"reason", in_language(work, list, post.reason)},
                   {"server", list.role_address("request")},
                   {"token", moderation_word(work.site(), post)},
                   {"expires", iso8601(post.expires).substr(0, 10)}};
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

Status release(Work& work, const List& list, const store::HeldPost& post) {
  Result<std::string> bytes = read_file(work.site().directory() + "/" + held_file(list, post.id), kMaxHeldOctets);
  if (!bytes) return bytes.error();
  return distribute(work, list, mail::Message::open(std::move(*bytes)), post.sender);
}

Status refuse(Work& work, const List& list, const store::HeldPost& post, std::string_view reason) {
  const auto author = mail::Address::parse(post.sender);
  if (!author) return {};
  const std::string why =
      trim(reason).empty() ? in_language(work, list, "a moderator decided so") : std::string(reason);
  return write_to_author(work, list, *author, "rejected_author", post.message_id, {{"reason", why}});
}

bool is_token_octet(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The next word of moderation_word()'s form in `rest`, which is moved behind it; empty when there is none.
std::string_view next_moderation_word(std::string_view& rest) {
  std::size_t dot = rest.substr(0, kMaxSearchedForWord).find('.');
  for (; dot != std::string_view::npos; dot = rest.substr(0, kMaxSearchedForWord).find('.', dot + 1)) {
    std::size_t begin = dot;
    while (begin > 0 && dot - begin <= kIdLength && is_token_octet(rest[begin - 1])) --begin;
    std::size_t end = dot + 1;
    while (end < rest.size() && end - dot <= kMaxTokenOctets && is_token_octet(rest[end])) ++end;
    const bool is_id = dot - begin == kIdLength || dot - begin == kFormerIdLength;
    if (!is_id || end - dot <= kMinTokenOctets) continue;
    const std::string_view word = rest.substr(begin, end - begin);
    rest.remove_prefix(end);
    return word;
  }
  return {};
}

// Whether the line of `word`, which lies in `text`, is "accept WORD".
bool is_accept_line(std::string_view text, std::string_view word) {
  const auto at = static_cast<std::size_t>(word.data() - text.data());
  const std::size_t end_of_line_before = text.rfind('\n', at);
  const std::size_t begin = end_of_line_before == std::string_view::npos ? 0 : end_of_line_before + 1;
  return equals_ignoring_case(trim(text.substr(begin, at - begin)), "accept");
}

struct Verdict {
  std::string word;
  std::string rule;
};

Verdict verdict_of(Settlement settlement) {
  switch (settlement) {
    case Settlement::approve: return {"accept", "moderator"};
    case Settlement::reject: return {"reject", "moderator"};
    case Settlement::discard: return {"discard", "moderator"};
    case Settlement::superseded: return {"discard", "resubmitted"};
    case Settlement::expire: return {"discard", "hold_days"};
  }
  return {};
}

}  // namespace

std::string held_file(const List& list, std::string_view id) {
  return "lists/" + list.name().domain() + "/" + list.name().name() + "/held/" + std::string(id) + ".eml";
}

std::string moderation_word(const Site& site, const store::HeldPost& post) {
  return post.id + "." + auth::make_token(site.keys().front(), grant_for(post.list, post.id), post.expires);
}

std::optional<std::string> check_moderation_word(const Site& site, const List& list, std::string_view word,
                                                 UnixTime now) {
  const std::size_t dot = word.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string id = to_lower_ascii(word.substr(0, dot));
  const auto valid = auth::check_token(site.keys(), word.substr(dot + 1), grant_for(list.address(), id), now);
  return valid ? std::optional<std::string>(id) : std::nullopt;
}

std::optional<FoundModerationWord> find_moderation_word(const Site& site, const List& list,
                                                        const mail::Message& message, UnixTime now) {
  const std::string text = message.first_text(kMaxSearchedForWord).value_or("");
  const std::string subject = message.subject();
  for (std::string_view rest : {std::string_view(subject), std::string_view(text), message.bytes()}) {
    for (unsigned tried = 0; tried < kMaxWordsTried; ++tried) {
      const std::string_view before = rest;
      const std::string_view word = next_moderation_word(rest);
      if (word.empty()) break;
      auto id = check_moderation_word(site, list, word, now);
      if (id) return FoundModerationWord{std::move(*id), is_accept_line(before, word)};
    }
  }
  return std::nullopt;
}

Status tell_author(Work& work, const List& list, const PostFacts& facts, std::string_view text_name,
                   TextValues values) {
  if (!facts.author || mail::automatic_reason(*facts.message, facts.envelope_sender)) return {};
  if (const auto reason = values.find("reason"); reason != values.end()) {
    reason->second = in_language(work, list, reason->second);
  }
  return write_to_author(work, list, facts.author->address, text_name, facts.message->message_id(), std::move(values));
}

Status hold_post(Work& work, const List& list, const PostFacts& facts, const Decision& decision) {
  const store::HeldPost post = row_for(work, list, facts, decision);
  Status held = make_directory(list.directory() + "/held", 0700);
  if (held) held = work.state().put_held(post);
  if (held) held = schedule_hold(work, list, post);
  if (!held) return held;
  work.write_file(held_file(list, post.id), std::string(facts.message->bytes()));
  notify_moderators(work, list, facts, post);
  return tell_author(work, list, facts, "held_author",
                     {{"reason", decision.reason}, {"expires", iso8601(post.expires).substr(0, 10)}});
}

Status settle_held_copy(Work& work, const List& list, std::string_view message_id) {
  if (message_id.empty()) return {};
  Result<std::vector<store::HeldPost>> posts = work.state().held_posts(list.address(), kMaxHeldSearched);
  if (!posts) return posts.error();
  for (const store::HeldPost& post : *posts) {
    if (post.message_id != message_id) continue;
    Status settled = settle_held(work, list, post.id, Settlement::superseded, "");
    if (!settled) return settled;
  }
  return {};
}

Status settle_held(Work& work, const List& list, std::string_view id, Settlement settlement, std::string_view reason) {
  Result<std::optional<store::HeldPost>> post = work.state().find_held(list.address(), id);
  if (!post) return post.error();
  if (!*post)
    return Error{ErrorKind::refused, "lists: no held post " + std::string(id) + " (it may have had its answer)"};
  Status done;
  if (settlement == Settlement::approve) done = release(work, list, **post);
  if (settlement == Settlement::reject) done = refuse(work, list, **post, reason);
  if (!done) return done;
  Result<bool> removed = work.state().remove_held(list.address(), id);
  if (!removed) return removed.error();
  if (done = unschedule_hold(work, list, id); !done) return done;
  work.remove_file(held_file(list, id));
  const Verdict verdict = verdict_of(settlement);
  work.note((*post)->message_id, "list=" + list.address() + " verdict=" + verdict.word + " rule=" + verdict.rule);
  work.log_when_done(LogLine("post")
                         .with("list", list.address())
                         .with("msgid", (*post)->message_id)
                         .with("verdict", verdict.word)
                         .with("rule", verdict.rule));
  return {};
}

}  // namespace majlis::lists
