#include "lists/posts/post.h"

#include "auth/secret_file.h"
#include "base/log.h"
#include "base/text.h"
#include "lists/effects/letters.h"
#include "lists/effects/password_check.h"
#include "lists/posts/digests/digest_queue.h"
#include "lists/posts/distribution.h"
#include "lists/posts/held/moderation.h"
#include "lists/posts/posters.h"
#include "lists/posts/reading/approved.h"
#include "lists/posts/reading/secret_words.h"
#include "lists/posts/rules/rules.h"
#include "mail/automatic.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kSeenLife = 28 * kDay;  // as long as Majordomo 2 remembered posts

// What makes two arrivals one post: Message-ID and content. Where there is no Message-ID, which scripts leave out, a
// short text may be said twice: then author and Subject tell them apart.
std::string digest_of(const mail::Message& message) {
  const auto value_of = [&](std::string_view name) { return message.field(name).value_or(""); };
  std::string id = message.message_id();
  if (id.empty()) id = value_of("From") + "\n" + value_of("Subject");
  return hex(auth::fingerprint({"post", id, value_of("Date"), message.body()}).substr(0, 16));
}

// Whom wrong passwords are counted against.
std::string author_of(const mail::Message& message) {
  const std::optional<mail::Mailbox> author = message.author();
  return author ? author->address.canonical() : "";
}

PasswordSeen seen_of(const ApprovedPost& post, PasswordCheck check) {
  if (post.password.empty()) return PasswordSeen::none;
  if (check == PasswordCheck::right) return PasswordSeen::right;
  return check == PasswordCheck::throttled ? PasswordSeen::not_looked_at : PasswordSeen::wrong;
}

struct Judged {
  ApprovedPost post;
  PasswordCheck check = PasswordCheck::none;
  bool has_password_in_text = false;
  bool has_wrong_word = false;                    // a word that was looked at and is none
  std::optional<FoundModerationWord> moderation;  // of a waiting post: its notice, sent on
  mail::Structure structure;
};

// The right password in what would be sent on. The same throttle as everywhere holds: what is not looked at is not
// found, and nobody learns a password by trying words here.
Status look_for_password(const Site& site, const List& list, UnixTime now, Judged& judged) {
  for (const std::string& word : words_that_may_be_secret(judged.post.message)) {
    Result<PasswordCheck> check = check_post_password(site, list, word, author_of(judged.post.message), now);
    if (!check) return check.error();
    judged.has_password_in_text = judged.has_password_in_text || *check == PasswordCheck::right;
    judged.has_wrong_word = judged.has_wrong_word || *check == PasswordCheck::wrong;
  }
  return {};
}

// Everything slow, before the lock: MIME in a child, at most one password hash.
Result<Judged> examine(const Site& site, const List& list, const Arrival& arrival) {
  Judged judged;
  judged.post = take_approved(arrival.message);
  if (!judged.post.password.empty()) {
    Result<PasswordCheck> check =
        check_post_password(site, list, judged.post.password, author_of(judged.post.message), arrival.now);
    if (!check) return check.error();
    judged.check = *check;
    // Who does not know the password sends in nothing for others: it is the sender's own message that is judged.
    if (judged.post.is_resubmission && *check != PasswordCheck::right) {
      judged.post = take_approved(arrival.message, Resubmission::is_not_one);
    }
  }
  Status looked = look_for_password(site, list, arrival.now, judged);
  if (!looked) return looked.error();
  Result<mail::Structure> structure =
      mail::compare_with_mimetic(judged.post.message.bytes(), judged.post.message.scan());
  if (!structure) return structure.error();
  judged.structure = std::move(*structure);
  judged.moderation = find_moderation_word(site, list, judged.post.message, arrival.now);
  return judged;
}

void look_for_secrets(const Judged& judged, PostFacts& facts) {
  const ApprovedPost& post = judged.post;
  facts.password = seen_of(post, judged.check);
  facts.password_is_elsewhere = post.cannot_be_removed || (judged.check == PasswordCheck::right &&
                                                           mentions_password(post.message, post.password));
  facts.has_approved_line = has_approved_line(post.message);
  facts.has_moderation_token = judged.moderation.has_value();
  facts.has_password_in_text = judged.has_password_in_text;
}

// A member, also one of the list of digests.
Result<std::optional<store::Member>> find_poster(Work& work, const List& list, const mail::Address& address) {
  Result<std::optional<store::Member>> member = work.state().find_member(list.address(), address);
  if (!member || *member) return member;
  Result<std::optional<DigestList>> digest = digest_list_of(work.site(), list.name());
  if (!digest) return digest.error();
  return *digest ? work.state().find_member((*digest)->list.address(), address) : member;
}

Result<PostFacts> gather(Work& work, const List& list, const Arrival& arrival, const Judged& judged) {
  PostFacts facts;
  facts.site = &work.site();
  facts.list = &list;
  facts.message = &judged.post.message;
  facts.author = judged.post.message.author();
  facts.envelope_sender = arrival.sender;
  facts.structure = judged.structure;
  facts.proof = judged.check == PasswordCheck::right ? auth::Proof::post_password : auth::Proof::none;
  look_for_secrets(judged, facts);
  if (facts.author) {
    Result<std::optional<store::Member>> member = find_poster(work, list, facts.author->address);
    if (!member) return member.error();
    facts.is_member = member->has_value();
    if (list.config().is_set(Setting::restrict_post)) {
      Result<bool> permitted = is_permitted_poster(work, list, facts.author->address);
      if (!permitted) return permitted.error();
      facts.is_permitted_poster = *permitted;
    }
    facts.member_is_moderated = facts.is_member && ((*member)->flags & store::kMemberModerated) != 0;
  }
  Result<bool> seen = work.state().has_seen(list.address(), digest_of(judged.post.message));
  if (!seen) return seen.error();
  facts.is_duplicate = *seen;
  return facts;
}

Status carry_out(Work& work, const List& list, const Arrival& arrival, const PostFacts& facts,
                 const Decision& decision) {
  const std::string sender = arrival.sender ? arrival.sender->text() : "";
  switch (decision.action) {
    case Action::accept: {
      // Who knows the password may have sent in again what waits here: the waiting copy has had its answer. Anybody
      // else's Message-ID proves nothing.
      const bool knows_password =
          facts.proof == auth::Proof::post_password || facts.proof == auth::Proof::list_password;
      Status settled;
      if (knows_password) settled = settle_held_copy(work, list, facts.message->message_id());
      return settled ? distribute(work, list, *facts.message, sender) : settled;
    }
    case Action::hold: {
      Status warned = decision.broken_pattern.empty() ? Status() : warn_of_pattern(work, list, decision.broken_pattern);
      return warned ? hold_post(work, list, facts, decision) : warned;
    }
    case Action::reject: return tell_author(work, list, facts, "rejected_author", {{"reason", decision.reason}});
    case Action::discard: return {};
  }
  return {};
}

void log_decision(const List& list, const mail::Message& message, const Decision& decision) {
  log(Severity::info, LogLine("post")
                          .with("list", list.address())
                          .with("msgid", message.message_id())
                          .with("verdict", word_for(decision.action))
                          .with("rule", decision.rule)
                          .with("why", decision.reason));
}

// Majordomo's approve tool sends the moderator's notice back, with the password: it means the post that waits. nullopt
// when that had its answer.
Result<std::optional<Outcome>> settle_by_notice(Work& work, const List& list, const std::string& id) {
  Status settled = settle_held(work, list, id, Settlement::approve, "");
  if (!settled && settled.error().kind == ErrorKind::refused) return std::optional<Outcome>();
  if (!settled) return settled.error();
  Status finished = work.finish("accept");
  if (!finished) return finished.error();
  return std::optional(Outcome{"accept", "moderator", list.address()});
}

}  // namespace

Result<Outcome> receive_post(const Site& site, const List& list, const Arrival& arrival) {
  Result<Judged> judged = examine(site, list, arrival);
  if (!judged) return judged.error();
  Result<Work> work = Work::begin(site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  if (work->is_repeat()) {
    const std::string outcome = work->repeated_outcome();
    Status finished = work->finish(outcome);
    if (!finished) return finished.error();
    log(Severity::info, LogLine("post")
                            .with("list", list.address())
                            .with("msgid", arrival.message.message_id())
                            .with("verdict", outcome)
                            .with("rule", "repeat"));
    return Outcome{outcome, "repeat", list.address()};
  }
  if (judged->check == PasswordCheck::right && judged->moderation && judged->moderation->is_accept_line) {
    Result<std::optional<Outcome>> settled = settle_by_notice(*work, list, judged->moderation->id);
    if (!settled) return settled.error();
    if (*settled) return **settled;
  }
  Result<PostFacts> facts = gather(*work, list, arrival, *judged);
  if (!facts) return facts.error();
  const Decision decision = decide_post(*facts);

  Status done = carry_out(*work, list, arrival, *facts, decision);
  if (done && judged->has_wrong_word && judged->check != PasswordCheck::wrong) {
    done = count_wrong_password(*work, list, author_of(judged->post.message));
  }
  if (done && judged->check == PasswordCheck::wrong) {
    done = note_wrong_password(*work, list, author_of(judged->post.message));
  }
  // What was refused may be sent again: as it is, once its author is a member.
  if (done && (decision.action == Action::accept || decision.action == Action::hold)) {
    done = work->state().mark_seen(list.address(), digest_of(judged->post.message), arrival.now + kSeenLife);
  }
  if (!done) return done.error();
  work->note(judged->post.message.message_id(), "list=" + list.address() + " verdict=" + word_for(decision.action) +
                                                    (decision.rule.empty() ? "" : " rule=" + decision.rule));
  done = work->finish(word_for(decision.action));
  if (!done) return done.error();
  log_decision(list, judged->post.message, decision);
  return Outcome{word_for(decision.action), decision.rule, list.address()};
}

}  // namespace majlis::lists
