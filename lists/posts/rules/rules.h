#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "auth/proof.h"
#include "lists/effects/decision.h"
#include "lists/posts/content/content_findings.h"
#include "lists/site/list.h"
#include "mail/message.h"
#include "mail/return_path.h"
#include "mail/scan/structure.h"
#include "net/clamd.h"

namespace majlis::lists {

enum class PasswordSeen { none, right, wrong, not_looked_at };

// What the rules may look at, collected before, so that deciding needs no disk and no clock. First what the message
// says and what was found out about it without asking the store.
struct PostFacts {
  const Site* site = nullptr;
  const List* list = nullptr;
  const mail::Message* message = nullptr;  // without any Approved: password, with Message-ID and Date
  std::optional<mail::Mailbox> author;
  mail::ReturnPath envelope_sender;
  PasswordSeen password = PasswordSeen::none;
  bool password_is_elsewhere = false;  // it also stands in text that would be sent on
  bool has_approved_line = false;      // "Approved: WORD" is left where it approves nothing
  bool has_moderation_token = false;   // a token of this list that is valid
  bool has_live_token = false;         // a word like a token of this site that is still good
  bool has_password_in_text = false;   // the list's right password stands in what would be sent on
  bool has_own_password = false;       // the personal password of its author does
  bool author_is_in_charge = false;    // an owner or moderator, if the From field is true: the answer goes there
  auth::Proof proof = auth::Proof::none;
  bool is_urgent = false;                   // it asks to reach all at once, with the right password
  bool may_be_urgent = false;               // and the setting `urgent` lets it
  bool is_authenticated = false;            // it shows that it comes from the domain of its author
  Action unauthenticated = Action::accept;  // what becomes of it because it does not
  bool is_against_policy = false;           // its copies would be what the author's domain asks others to refuse
  mail::Structure structure;
  ContentFindings content;
  std::optional<net::Scan> scan;  // what the scanner says; nullopt: it was not asked
  // The post as its moderators are shown it, without what `content` found; nullptr: as it came.
  std::shared_ptr<const mail::Message> shown;
  bool may_be_asked = false;  // a letter to its author would reach a person elsewhere
  std::string network;        // that it came from; "" where that is not known
  // What the list says of its author by name, should it be no member (the settings ACTION_these_nonmembers).
  std::optional<Action> if_stranger;
  bool is_filtered = false;           // address_filter names its author
  std::vector<std::string> answered;  // of its thread, as lists/effects/threads.h has them
};

// Then what the store knows: who its author is here, and below that what speaks against the post. As it begins, nothing
// does.
struct PostStanding {
  bool is_member = false;
  bool is_permitted_poster = false;  // by restrict_post; false when that is not set

  bool member_is_moderated = false;
  bool member_may_not_post = false;
  bool member_is_editor = false;   // the very address that it comes from
  bool editor_is_asked = false;    // about another post: the one answer would be for both
  bool is_flooded = false;         // flood_per_hour posts were accepted in the last hour
  bool is_flooded_today = false;   // flood_per_day in the last day
  bool author_is_flooded = false;  // author_posts_per_day, of this author
  bool is_duplicate = false;
  bool is_banned = false;
  bool is_old_thread = false;                      // the thread it answers began more than thread_days ago
  std::optional<std::uint64_t> posts_before = {};  // of a member whose first ones are held: those that passed
};

// What a rule looks at says when it is asked: before the site's lock is taken, or under it.
using MessageRule = std::optional<Decision> (*)(const PostFacts&);
using StandingRule = std::optional<Decision> (*)(const PostFacts&, const PostStanding&);

enum class WhenApproved { ask, skip };
enum class WhenHeld { ask, skip };

struct RuleRow {
  std::string_view name;
  std::variant<MessageRule, StandingRule> rule;
  WhenApproved when_approved;
  WhenHeld when_held = WhenHeld::ask;  // by a rule before it: moderators have the last word then

  bool needs_standing() const { return std::holds_alternative<StandingRule>(rule); }
};

// The posting policy as one table. First what makes a message no post of this list at all; then the checks of
// Majordomo's resend in its order (header patterns, password, who may post, moderation, then the body: commands,
// taboo patterns, length), with ours about structure before the body is read.
//
// As resend, a post that is to be held is asked on, so that the moderator reads every reason. The first rule that holds
// gives its name; one that rejects, discards or defers decides at once, whatever came before. None answers: accept. An
// answer that accepts is a remark: what else was found, for whoever reads the others and for the log.
// A post with the right password or a moderator's token is asked what is marked so only.
std::span<const RuleRow> post_rules();

// What the rules about the message alone answer, each in its row's place; those behind one that decides at once are not
// asked. Slow: patterns, MIME, text.
struct Findings {
  std::vector<std::optional<Decision>> answers;
};
Findings examine_post(const PostFacts& facts);

// Whether these alone refuse the post, whatever the others answer.
bool is_refused(const Findings& findings);

// Asks the other rules and puts all answers together in the order of the table. Quick.
Decision decide_post(const PostFacts& facts, const PostStanding& standing, const Findings& findings);

// That the author is to show that the post is its own: `action` for this reason, where that is to challenge, holds the
// post until the author has confirmed, or for the moderators where it cannot be asked.
Decision decision_about_author(const PostFacts& facts, Action action, Reason reason);
// Whether a post that is held for these reasons is held until its author has confirmed.
bool waits_for_author(const Reasons& reasons);
// Whether an owner or moderator wrote it, as far as it shows.
bool is_in_charge(const PostFacts& facts);
// What a setting says of strangers or of posts that are not authenticated.
Action action_of_choice(std::string_view choice);
// Of the lists ACTION_these_nonmembers the first that names the author: accept, hold, reject, discard.
std::optional<Action> action_if_stranger(const ListConfig& config, const mail::Address& author);

// Whether there is anything that the store may know with which the post would be accepted.
bool may_be_accepted(const PostFacts& facts, const Findings& findings);

// One file each.
std::optional<Decision> loop(const PostFacts& facts);
std::optional<Decision> robot(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> duplicate(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> password_leak(const PostFacts& facts);
std::optional<Decision> wrong_password(const PostFacts& facts);
std::optional<Decision> no_author(const PostFacts& facts);
std::optional<Decision> not_member(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> unauthenticated(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> dmarc(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> own_address(const PostFacts& facts);
std::optional<Decision> banned(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> moderate_first(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> thread_days(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> urgent(const PostFacts& facts);
std::optional<Decision> nopost(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> emergency(const PostFacts& facts);
std::optional<Decision> flood(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> author_flood(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> address_filter(const PostFacts& facts);
std::optional<Decision> max_recipients(const PostFacts& facts);
std::optional<Decision> list_not_named(const PostFacts& facts);
std::optional<Decision> moderated(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> max_size(const PostFacts& facts);
std::optional<Decision> antivirus(const PostFacts& facts, const PostStanding& standing);
std::optional<Decision> partial(const PostFacts& facts);
std::optional<Decision> malformed(const PostFacts& facts);
std::optional<Decision> attachments(const PostFacts& facts);
std::optional<Decision> html(const PostFacts& facts);
std::optional<Decision> anonymous_signed(const PostFacts& facts);
std::optional<Decision> admin_headers(const PostFacts& facts);
std::optional<Decision> discard_headers(const PostFacts& facts);
std::optional<Decision> reject_headers(const PostFacts& facts);
std::optional<Decision> taboo_headers(const PostFacts& facts);
std::optional<Decision> taboo_body(const PostFacts& facts);
std::optional<Decision> content_filter(const PostFacts& facts);
std::optional<Decision> quoted_loop(const PostFacts& facts);
std::optional<Decision> administrivia(const PostFacts& facts);

}  // namespace majlis::lists
