#include "lists/posts/post.h"

#include "base/log.h"
#include "lists/effects/letters.h"
#include "lists/posts/digests/digest_queue.h"
#include "lists/posts/distribution.h"
#include "lists/posts/examination.h"
#include "lists/posts/held/moderation.h"
#include "lists/posts/posters.h"
#include "mail/automatic.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kSeenLife = 28 * kDay;  // as long as Majordomo 2 remembered posts

// A member, also one of the list of digests.
Result<std::optional<store::Member>> find_poster(Work& work, const List& list, const mail::Address& address) {
  Result<std::optional<store::Member>> member = work.state().find_member(list.address(), address);
  if (!member || *member) return member;
  Result<std::optional<DigestList>> digest = digest_list_of(work.site(), list.name());
  if (!digest) return digest.error();
  return *digest ? work.state().find_member((*digest)->list.address(), address) : member;
}

Result<PostStanding> standing_of(Work& work, const List& list, const ExaminedPost& examined) {
  PostStanding standing;
  if (const std::optional<mail::Mailbox>& author = examined.facts.author) {
    Result<std::optional<store::Member>> member = find_poster(work, list, author->address);
    if (!member) return member.error();
    standing.is_member = member->has_value();
    if (list.config().is_set(Setting::restrict_post)) {
      Result<bool> permitted = is_permitted_poster(work, list, author->address);
      if (!permitted) return permitted.error();
      standing.is_permitted_poster = *permitted;
    }
    standing.member_is_moderated = standing.is_member && ((*member)->flags & store::kMemberModerated) != 0;
  }
  Result<bool> seen = work.state().has_seen(list.address(), examined.identity);
  if (!seen) return seen.error();
  standing.is_duplicate = *seen;
  return standing;
}

Status carry_out(Work& work, const List& list, ExaminedPost& examined, const Decision& decision) {
  const PostFacts& facts = examined.facts;
  switch (decision.action) {
    case Action::accept: {
      // Who knows the password may have sent in again what waits here: the waiting copy has had its answer. Anybody
      // else's Message-ID proves nothing.
      const bool knows_password =
          facts.proof == auth::Proof::post_password || facts.proof == auth::Proof::list_password;
      Status settled;
      if (knows_password) settled = settle_held_copy(work, list, facts.message->message_id());
      // Accepted is only what may be: its copies are there.
      return settled ? distribute(work, list, std::move(examined.copies).value()) : settled;
    }
    case Action::hold: {
      Status warned = decision.broken_pattern.empty() ? Status() : warn_of_pattern(work, list, decision.broken_pattern);
      return warned ? hold_post(work, list, facts, decision) : warned;
    }
    case Action::reject: return tell_author(work, list, facts, decision.reasons, "rejected_author", {});
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
                          .with("why", in_english(decision.reasons)));
}

// nullopt when the post that waited had its answer.
Result<std::optional<Outcome>> settle_by_notice(Work& work, const List& list, ExaminedPost& examined) {
  Result<std::optional<store::PendingItem>> item = work.state().find_pending(list.address(), examined.moderation->id);
  if (!item) return item.error();
  if (!*item || (*item)->kind != kPendingPost) return std::optional<Outcome>();
  Status settled = settle_post(work, list, **item, Settlement::approve, "", std::move(examined.approved));
  if (!settled) return settled.error();
  Status finished = work.finish("accept");
  if (!finished) return finished.error();
  return std::optional(Outcome{"accept", "moderator", list.address()});
}

// A guess, or a password that went astray: one of a message counts, is logged and told to the owner.
Status note_passwords(Work& work, const List& list, const ExaminedPost& examined) {
  const std::string requester = examined.requester();
  if (examined.wrong_words == WrongWords::perhaps_none) return count_wrong_password(work, list, requester);
  const bool is_right = examined.facts.has_password_in_text;
  const bool is_wrong = examined.check == PasswordCheck::wrong || examined.wrong_words == WrongWords::given_as_password;
  if (!is_right && !is_wrong) return {};
  work.log_when_done(LogLine("password")
                         .with("list", list.address())
                         .with("from", requester)
                         .with("msgid", examined.post.message.message_id())
                         .with("seen", is_right ? "in_post" : "wrong"));
  return is_right ? note_password_in_post(work, list, requester) : note_wrong_password(work, list, requester);
}

// What the decision leaves behind, whatever it was.
Status remember(Work& work, const List& list, const ExaminedPost& examined, const Decision& decision) {
  Status done = note_passwords(work, list, examined);
  if (done && !examined.marked_hash.empty()) done = keep_mark(work, list, examined.marked_hash);
  // What was refused may be sent again: as it is, once its author is a member.
  if (done && (decision.action == Action::accept || decision.action == Action::hold)) {
    done = work.state().mark_seen(list.address(), examined.identity, work.now() + kSeenLife);
  }
  work.note(examined.post.message.message_id(), "list=" + list.address() + " verdict=" + word_for(decision.action) +
                                                    (decision.rule.empty() ? "" : " rule=" + decision.rule));
  return done;
}

Result<Outcome> repeat(Work& work, const List& list, const Arrival& arrival) {
  const std::string outcome = work.repeated_outcome();
  Status finished = work.finish(outcome);
  if (!finished) return finished.error();
  log(Severity::info, LogLine("post")
                          .with("list", list.address())
                          .with("msgid", arrival.message.message_id())
                          .with("verdict", outcome)
                          .with("rule", "repeat"));
  return Outcome{outcome, "repeat", list.address()};
}

}  // namespace

Result<Outcome> receive_post(const Site& site, const List& list, const Arrival& arrival) {
  Result<std::unique_ptr<ExaminedPost>> examination = examine(site, list, arrival);
  if (!examination) return examination.error();
  ExaminedPost& examined = **examination;
  Result<Work> work = Work::begin(site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  if (work->is_repeat()) return repeat(*work, list, arrival);
  if (examined.approves_held_post()) {
    Result<std::optional<Outcome>> settled = settle_by_notice(*work, list, examined);
    if (!settled) return settled.error();
    if (*settled) return **settled;
  }
  Result<PostStanding> standing = standing_of(*work, list, examined);
  if (!standing) return standing.error();
  const Decision decision = decide_post(examined.facts, *standing, examined.findings);
  Status done = carry_out(*work, list, examined, decision);
  if (done) done = remember(*work, list, examined, decision);
  if (done) done = work->finish(word_for(decision.action));
  if (!done) return done.error();
  log_decision(list, examined.post.message, decision);
  return Outcome{word_for(decision.action), decision.rule, list.address()};
}

}  // namespace majlis::lists
