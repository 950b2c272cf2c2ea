#include "lists/posts/post.h"

#include "base/log.h"
#include "lists/effects/autoresponse.h"
#include "lists/effects/bans.h"
#include "lists/effects/ceilings.h"
#include "lists/effects/letters.h"
#include "lists/effects/new_member.h"
#include "lists/effects/threads.h"
#include "lists/posts/digests/poster.h"
#include "lists/posts/distribution/distribution.h"
#include "lists/posts/distribution/post_counts.h"
#include "lists/posts/examination.h"
#include "lists/posts/held/author_challenge.h"
#include "lists/posts/held/author_letters.h"
#include "lists/posts/held/moderation.h"
#include "lists/posts/held/room.h"
#include "lists/posts/posters.h"
#include "lists/posts/reading/resent.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kSeenLife = 28 * kDay;  // as long as Majordomo 2 remembered posts

// Who is let in by name is held to nothing that new members are.
std::uint32_t flags_of_stranger(const ListConfig& config, const mail::Address& author) {
  return action_if_stranger(config, author) == Action::accept ? 0 : flags_of_new_member(config);
}

Status look_for_author(Work& work, const List& list, const mail::Address& author, PostStanding& standing) {
  Result<std::optional<Poster>> poster = find_poster(work, list, author);
  if (!poster) return poster.error();
  standing.is_member = poster->has_value();
  const std::uint32_t flags = *poster ? (*poster)->member.flags : flags_of_stranger(list.config(), author);
  const bool is_exactly = *poster && (*poster)->list == list.address() && (*poster)->member.address == author;
  standing.member_is_editor = is_exactly && (flags & store::kMemberEditor) != 0;
  if (standing.member_is_editor) {
    Result<bool> asked = is_asked(work, list, author);
    if (!asked) return asked.error();
    standing.editor_is_asked = *asked;
  }
  standing.member_is_moderated = (flags & store::kMemberModerated) != 0;
  standing.member_may_not_post = (flags & store::kMemberNoPost) != 0;
  if (*poster && list.config().integer(Setting::moderate_first) > 0) {
    Result<std::uint64_t> before = work.state().accepted_posts((*poster)->list, (*poster)->member.address);
    if (!before) return before.error();
    standing.posts_before = *before;
  }
  Result<bool> is_out = is_banned(work.state(), list.address(), author);
  if (!is_out) return is_out.error();
  standing.is_banned = *is_out;
  Result<bool> flooded = is_flooded_by(work, list, author);
  if (!flooded) return flooded.error();
  standing.author_is_flooded = *flooded;
  if (!list.config().is_set(Setting::restrict_post)) return {};
  Result<bool> permitted = is_permitted_poster(work, list, author);
  if (!permitted) return permitted.error();
  standing.is_permitted_poster = *permitted;
  return {};
}

Result<bool> is_old_thread(Work& work, const List& list, const PostFacts& facts) {
  const UnixTime days = list.config().integer(Setting::thread_days);
  if (days == 0) return false;
  Result<std::optional<UnixTime>> began = thread_begin(work.state(), list, facts.answered);
  if (!began) return began.error();
  return *began && **began < work.now() - days * kDay;
}

Result<PostStanding> standing_of(Work& work, const List& list, const ExaminedPost& examined) {
  PostStanding standing;
  if (const std::optional<mail::Mailbox>& author = examined.facts.author) {
    Status looked = look_for_author(work, list, author->address, standing);
    if (!looked) return looked.error();
  }
  Result<bool> old = is_old_thread(work, list, examined.facts);
  if (!old) return old.error();
  standing.is_old_thread = *old;
  Result<bool> flooded = is_flooded(work, list);
  if (!flooded) return flooded.error();
  standing.is_flooded = *flooded;
  Result<bool> flooded_today = is_flooded_today(work, list);
  if (!flooded_today) return flooded_today.error();
  standing.is_flooded_today = *flooded_today;
  if (examined.identity.empty()) return standing;
  Result<bool> seen = work.state().has_seen(list.address(), examined.identity);
  if (!seen) return seen.error();
  standing.is_duplicate = *seen;
  return standing;
}

// Of what was resent, or sent in with the password, its author may know nothing.
Result<AuthorLetter> tell_sender(Work& work, const List& list, const ExaminedPost& examined, const Decision& decision) {
  PostFacts answered = examined.facts;
  if (const std::optional<mail::Mailbox> resender = resender_of(*answered.message)) answered.author = resender;
  if (examined.approver) answered.author = examined.approver;
  return tell_author(work, list, answered, decision.reasons, "rejected_author", {});
}

// Who knows the password may have sent in again what waits here: the waiting copy has had its answer. Anybody else's
// Message-ID proves nothing.
Status accept(Work& work, const List& list, ExaminedPost& examined) {
  const auth::Proof proof = examined.facts.proof;
  Status settled;
  if (proof == auth::Proof::post_password || proof == auth::Proof::list_password) {
    settled = settle_held_copy(work, list, examined.facts.message->message_id());
  }
  // Accepted is only what may be: its copies are there.
  if (settled) settled = acknowledge(work, list, examined.copies->people);
  return settled ? distribute(work, list, std::move(examined.copies).value()) : settled;
}

// What was decided; and where a ceiling is in its way, that.
struct Verdict {
  Decision decision;
  std::optional<Reached> full;  // it would be held
};

Result<Verdict> decide(Work& work, const List& list, const ExaminedPost& examined) {
  Result<PostStanding> standing = standing_of(work, list, examined);
  if (!standing) return standing.error();
  Verdict verdict{decide_post(examined.facts, *standing, examined.findings), std::nullopt};
  if (verdict.decision.action != Action::hold) return verdict;
  Result<std::optional<Reached>> full = ceiling_for_held(work, list, examined.facts.message->bytes().size());
  if (!full) return full.error();
  verdict.full = *full;
  if (verdict.full) {
    verdict.decision.action = Action::reject;
    verdict.decision.rule = rule_of(*verdict.full);
    verdict.decision.reasons = {{ReasonId::too_many_held}};
  }
  return verdict;
}

// A ceiling that lets nothing of the post be kept, and nobody be told why: the MTA is to keep it. nullopt: refused.
Result<std::optional<Reached>> refuse(Work& work, const List& list, const ExaminedPost& examined,
                                      const Verdict& verdict) {
  Result<AuthorLetter> letter = tell_sender(work, list, examined, verdict.decision);
  if (!letter) return letter.error();
  if (*letter == AuthorLetter::used_up) return std::optional(ceiling_of_letters(list));
  if (!verdict.full) return std::optional<Reached>();
  if (*letter != AuthorLetter::sent) return verdict.full;
  Status told = tell_of_ceiling(work, &list, *verdict.full);
  return told ? Result<std::optional<Reached>>(std::nullopt) : told.error();
}

std::string why_deferred(const ExaminedPost& examined) {
  const std::optional<net::Scan>& scan = examined.facts.scan;
  return "the post was not scanned: " + (scan ? scan->why : "nobody asked the scanner");
}

// As refuse().
Result<std::optional<Reached>> carry_out(Work& work, const List& list, ExaminedPost& examined, const Verdict& verdict) {
  const Decision& decision = verdict.decision;
  Status done;
  switch (decision.action) {
    case Action::accept: done = accept(work, list, examined); break;
    case Action::challenge:  // is no decision: the rules hold what is to be challenged
    case Action::hold:
      if (!decision.broken_pattern.empty()) done = warn_of_pattern(work, list, decision.broken_pattern);
      if (done) done = hold_post(work, list, examined.facts, decision);
      break;
    case Action::reject: return refuse(work, list, examined, verdict);
    case Action::discard: break;
    case Action::defer: done = Error{ErrorKind::again, "lists: " + why_deferred(examined)}; break;
  }
  return done ? Result<std::optional<Reached>>(std::nullopt) : done.error();
}

bool goes_to_all(const ExaminedPost& examined, const Decision& decision) {
  return decision.action == Action::accept && examined.facts.is_urgent;
}

// Of copies that go out.
ContentChanges changes_of(const ExaminedPost& examined, const Decision& decision) {
  return examined.copies && decision.action == Action::accept ? examined.copies->changes : ContentChanges();
}

void log_decision(const List& list, const ExaminedPost& examined, const Decision& decision,
                  const ContentChanges& changes) {
  log(Severity::info, with_changes(LogLine("post")
                                       .with("list", list.address())
                                       .with("msgid", examined.post.message.message_id())
                                       .with("verdict", word_for(decision.action))
                                       .with("rule", decision.rule)
                                       .with("urgent", goes_to_all(examined, decision) ? "yes" : "")
                                       .with("why", in_english(decision.reasons)),
                                   changes));
}

std::string author_of(const ExaminedPost& examined) {
  const auto& author = examined.facts.author;
  return author ? author->address.canonical() : "";
}

// The post that `examined` approves; nullopt when it had its answer.
Result<std::optional<store::PendingItem>> find_approved(Work& work, const List& list, const ExaminedPost& examined) {
  if (!examined.approves_held_post()) return std::optional<store::PendingItem>();
  Result<std::optional<store::PendingItem>> item = work.state().find_pending(list.address(), examined.moderation->id);
  if (item && *item && (*item)->kind != kPendingPost) return std::optional<store::PendingItem>();
  return item;
}

Result<Outcome> settle_by_notice(Work& work, const List& list, const store::PendingItem& item, ExaminedPost& examined) {
  std::optional<Copies> copies;
  if (examined.approved) copies = std::move(examined.approved->copies);
  Status settled =
      settle_post(work, list, item, {.settlement = Settlement::approve, .by = author_of(examined)}, std::move(copies));
  if (settled) settled = work.finish("accept");
  return settled ? Result<Outcome>(Outcome{"accept", "moderator", list.address()}) : settled.error();
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
Status remember(Work& work, const List& list, const ExaminedPost& examined, const Decision& decision,
                const ContentChanges& changes) {
  Status done = note_passwords(work, list, examined);
  if (done) done = remember_policy(work, examined.asked);
  // Copies that go out bring theirs along.
  const bool are_left = examined.copies && decision.action != Action::accept;
  if (done && are_left) done = remember_policy(work, examined.copies->asked);
  if (done && !examined.marked_hash.empty()) done = keep_mark(work, list, examined.marked_hash);
  // What was refused may be sent again: as it is, once its author is a member.
  const bool is_kept = decision.action == Action::accept || decision.action == Action::hold;
  if (done && is_kept && !examined.identity.empty()) {
    done = work.state().mark_seen(list.address(), examined.identity, work.now() + kSeenLife);
  }
  work.note(examined.post.message.message_id(), "list=" + list.address() + " verdict=" + word_for(decision.action) +
                                                    (decision.rule.empty() ? "" : " rule=" + decision.rule) +
                                                    (goes_to_all(examined, decision) ? " urgent=yes" : "") +
                                                    words_for(changes));
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

struct Concluded {
  Outcome outcome;
  std::optional<Reached> in_the_way;  // as refuse(); then nothing was done
};

// Not what is no post of this list, nor who sends in with a password what others wrote.
bool is_answered(const ExaminedPost& examined, const Decision& decision) {
  return decision.action != Action::discard && !examined.approver;
}

Result<Concluded> conclude_with(Work& work, const List& list, const Arrival& arrival, ExaminedPost& examined,
                                const Verdict& verdict) {
  const Decision& decision = verdict.decision;
  const ContentChanges changes = changes_of(examined, decision);
  Result<std::optional<Reached>> in_the_way = carry_out(work, list, examined, verdict);
  if (!in_the_way) return in_the_way.error();
  if (*in_the_way) return Concluded{{}, *in_the_way};
  Status done = remember(work, list, examined, decision, changes);
  if (done && is_answered(examined, decision)) {
    done = answer_by_itself(work, list, AnsweredMail::postings, arrival);
  }
  if (done) done = work.finish(word_for(decision.action));
  if (!done) return done.error();
  log_decision(list, examined, decision, changes);
  return Concluded{{word_for(decision.action), decision.rule, list.address()}, std::nullopt};
}

// The moderator hears it, and the post waits on: nothing was decided about it.
Verdict refused_approval(const Reason& obstacle) {
  return {{Action::reject, "antivirus", {obstacle}, {}}, std::nullopt};
}

// Under the site's lock.
Result<Concluded> conclude(const Site& site, const List& list, const Arrival& arrival, ExaminedPost& examined) {
  const auto concluded = [](const Outcome& outcome) { return Concluded{outcome, std::nullopt}; };
  Result<Work> work = Work::begin(site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  if (work->is_repeat()) {
    Result<Outcome> repeated = repeat(*work, list, arrival);
    return repeated ? Result<Concluded>(concluded(*repeated)) : repeated.error();
  }
  Result<std::optional<store::PendingItem>> approved = find_approved(*work, list, examined);
  if (!approved) return approved.error();
  if (*approved) {
    const bool is_refused = examined.approved && examined.approved->obstacle;
    if (is_refused)
      return conclude_with(*work, list, arrival, examined, refused_approval(*examined.approved->obstacle));
    Result<Outcome> settled = settle_by_notice(*work, list, **approved, examined);
    return settled ? Result<Concluded>(concluded(*settled)) : settled.error();
  }
  Status looked = look_for_own_password(site, work->state(), examined);
  if (!looked) return looked.error();
  Result<Verdict> verdict = decide(*work, list, examined);
  return verdict ? conclude_with(*work, list, arrival, examined, *verdict) : verdict.error();
}

}  // namespace

Result<Outcome> receive_post(const Site& site, const List& list, const Arrival& arrival) {
  Result<std::unique_ptr<ExaminedPost>> examination = examine(site, list, arrival);
  if (!examination) return examination.error();
  const ExaminedPost& examined = **examination;
  Result<Concluded> concluded = conclude(site, list, arrival, **examination);
  if (!concluded) return concluded.error();
  if (!concluded->in_the_way) return concluded->outcome;
  return leave_with_mta(site, &list, *concluded->in_the_way, arrival,
                        [&](Work& work) { return note_passwords(work, list, examined); });
}

}  // namespace majlis::lists
