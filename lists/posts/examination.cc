#include "lists/posts/examination.h"

#include "auth/secret_file.h"
#include "auth/token.h"
#include "base/log.h"
#include "base/text.h"
#include "lists/effects/address_filter.h"
#include "lists/effects/authentication.h"
#include "lists/effects/personal_password.h"
#include "lists/effects/scanning.h"
#include "lists/effects/threads.h"
#include "lists/posts/content/attachment_policy.h"
#include "lists/posts/content/removal.h"
#include "lists/posts/reading/missing_fields.h"
#include "lists/posts/reading/owner_command.h"
#include "lists/posts/reading/secret_words.h"
#include "lists/posts/reading/word_search.h"
#include "lists/site/directory.h"
#include "mail/automatic.h"

namespace majlis::lists {
namespace {

constexpr int kPatience_ms = 500;  // of what is asked under the lock where the store is not to be had sooner

// What makes two arrivals one post: Message-ID and content. Devices and scripts that leave the Message-ID out say the
// same every day.
std::string identity_of(const mail::Message& message, const Arrival& arrival) {
  const std::string id = message.message_id();
  if (id.empty()) return {};
  const std::string date = message.field("Date").value_or("");
  return hex(auth::fingerprint({"post", id, date, body_digest_of(message, arrival)}).substr(0, 16));
}

PasswordSeen seen_of(const ApprovedPost& post, PasswordCheck check) {
  if (post.password.empty()) return PasswordSeen::none;
  if (check == PasswordCheck::right) return PasswordSeen::right;
  return check == PasswordCheck::throttled ? PasswordSeen::not_looked_at : PasswordSeen::wrong;
}

// "Urgent: PASSWORD" approves as "Approved: PASSWORD" does; where both stand there is one verification, of its word.
ApprovedPost take_passwords(const List& list, const mail::Message& message, Resubmission resubmission) {
  ApprovedPost post = take_approved(message, resubmission);
  if (list.config().choice(Setting::urgent) == "no") post.urgent.clear();
  if (!post.urgent.empty()) post.password = post.urgent;
  return post;
}

Status check_password(const Site& site, const List& list, const Arrival& arrival, ExaminedPost& examined) {
  examined.post = take_passwords(list, arrival.message, Resubmission::may_be_one);
  if (examined.post.password.empty()) return {};
  Result<PasswordCheck> check =
      check_post_password(site, list, examined.post.password, examined.requester(), arrival.now, &examined.marked_hash);
  if (!check) return check.error();
  examined.check = *check;
  // Who does not know the password sends in nothing for others: it is the sender's own message that is judged.
  if (examined.post.is_resubmission && *check != PasswordCheck::right) {
    examined.post = take_passwords(list, arrival.message, Resubmission::is_not_one);
  }
  if (examined.post.is_resubmission) examined.approver = arrival.message.author();
  return {};
}

// Behind a verb of owners' commands or "Approved:", but no password of the list: somebody mistook the address, or
// guesses. Whoever gave a password in its place has had the one verification of this message.
Status look_at_guess(const Site& site, const List& list, UnixTime now, ExaminedPost& examined) {
  const std::vector<std::string> words = words_that_may_be_secret(examined.post.message);
  if (words.empty() || examined.check != PasswordCheck::none) return {};
  Result<PasswordCheck> check = check_post_password(site, list, words.front(), examined.requester(), now);
  if (!check) return check.error();
  examined.facts.has_password_in_text = *check == PasswordCheck::right;
  if (*check != PasswordCheck::wrong) return {};
  const bool is_given =
      begins_with_owner_command(examined.post.message, list.name().name()) || has_approved_line(examined.post.message);
  examined.wrong_words = is_given ? WrongWords::given_as_password : WrongWords::perhaps_none;
  return {};
}

// Of the person that the post says it is from; "": it has no password.
Result<std::string> hash_of_author(const store::View& state, const ExaminedPost& examined) {
  const std::optional<mail::Mailbox> author = examined.post.message.author();
  return author ? personal_hash(state, author->address) : Result<std::string>(std::string());
}

// A password or token in what would be sent on, wherever it stands. Passwords by marks, so neither their number nor a
// limit of failures lets one pass; whoever learns from it that a word is right has told the owner, or the person, so.
Status look_for_secrets(const Site& site, const List& list, UnixTime now, ExaminedPost& examined) {
  PostFacts& facts = examined.facts;
  const auth::PasswordMarks marks = marks_of(site, list);
  std::string own_hash;
  if (const auto state = store::Reader::open(site.database_directory(), kPatience_ms)) {
    Result<std::string> hash = hash_of_author(**state, examined);
    if (!hash) return hash.error();
    own_hash = std::move(*hash);
    examined.has_looked_for_own_password = true;
  }
  const auth::PasswordMarks own_mark(site.keys(), {own_hash});
  facts.has_password_in_text = has_word(examined.post.message, [&](std::string_view word) {
    facts.has_live_token = facts.has_live_token || auth::looks_like_live_token(site.keys(), word, now);
    facts.has_own_password = facts.has_own_password || own_mark.has(word);
    return marks.has(word);
  });
  return examined.facts.has_password_in_text ? Status() : look_at_guess(site, list, now, examined);
}

void log_structure(const List& list, const mail::Message& message, const mail::Structure& structure) {
  log(Severity::info,
      LogLine("structure").with("list", list.address()).with("msgid", message.message_id()).with("why", structure.why));
}

// What becomes of a post that does not show where it comes from. Asks for a policy only where the answer may matter.
Result<Action> if_unauthenticated(const Site& site, const List& list, const DomainPolicies& policies,
                                  ExaminedPost& examined) {
  const PostFacts& facts = examined.facts;
  const std::string_view choice = list.config().choice(Setting::unauthenticated);
  if (facts.is_authenticated || !facts.author || choice == "accept") return Action::accept;
  if (!choice.empty()) return action_of_choice(choice);
  if (site.config().authserv_id.empty()) return Action::accept;
  Result<DomainPolicies::Found> found = policies.find(facts.author->address.domain());
  if (!found) return found.error();
  examined.asked = std::move(found->asked);
  return is_strict(found->policy) ? Action::hold : Action::accept;
}

// The message as it came: a signature is of that.
Status look_for_author(const Site& site, const List& list, const Arrival& arrival, SiteDns& dns,
                       const DomainPolicies& policies, ExaminedPost& examined) {
  PostFacts& facts = examined.facts;
  const bool is_approved = facts.proof != auth::Proof::none;
  const bool may_matter = list.config().choice(Setting::unauthenticated) != "accept" || facts.author_is_in_charge ||
                          list.config().is_on(Setting::moderate);
  if (is_approved || !may_matter) return {};
  facts.is_authenticated =
      authenticate_author(site, dns, arrival.message, arrival.now) != mail::AuthenticatedBy::nothing;
  const Result<Action> action = if_unauthenticated(site, list, policies, examined);
  if (!action) return action.error();
  facts.unauthenticated = *action;
  return {};
}

Status gather_facts(const Site& site, const List& list, const Arrival& arrival, SiteDns& dns,
                    const DomainPolicies& policies, ExaminedPost& examined) {
  const ApprovedPost& post = examined.post;
  const bool is_right = examined.check == PasswordCheck::right;
  PostFacts& facts = examined.facts;
  facts.site = &site;
  facts.list = &list;
  facts.message = &post.message;
  facts.author = post.message.author();
  facts.envelope_sender = arrival.sender;
  facts.password = seen_of(post, examined.check);
  facts.password_is_elsewhere = post.cannot_be_removed || (is_right && mentions_password(post.message, post.password));
  facts.has_approved_line = has_approved_line(post.message);
  facts.author_is_in_charge = is_in_charge(list, examined.requester());
  const bool is_for_whoever_knows = list.config().choice(Setting::urgent) == "password";
  facts.is_urgent = is_right && !post.urgent.empty();
  facts.may_be_urgent = is_for_whoever_knows || is_in_charge(list, examined.sender());
  facts.has_moderation_token = examined.moderation.has_value();
  facts.network = arrival.network;
  if (list.config().integer(Setting::thread_days) > 0) facts.answered = thread_place(post.message).answered;
  if (facts.author) {
    facts.is_filtered = is_filtered(list.config(), facts.author->address);
    facts.if_stranger = action_if_stranger(list.config(), facts.author->address);
    facts.may_be_asked =
        !leads_back(site, facts.author->address) && !mail::automatic_reason(post.message, arrival.sender);
  }
  facts.content = examine_attachments(attachment_policy_of(list.config()), post.message);
  facts.proof = is_right ? auth::Proof::post_password : auth::Proof::none;
  return look_for_author(site, list, arrival, dns, policies, examined);
}

// Of a post that may be accepted.
Status prepare_copies(const Site& site, const List& list, const Arrival& arrival, const CopyFacts& facts,
                      ExaminedPost& examined) {
  const std::optional<mail::Address>& sender = arrival.sender.address();
  const bool is_approved = examined.facts.proof != auth::Proof::none;
  PostBackground background;
  if (!is_approved) background.content = &examined.facts.content;
  // A message that came within another has a signature of its own.
  if (!examined.post.is_resubmission) background.original = &arrival.message;
  Result<Copies> copies =
      make_copies(site, list, examined.post.message, sender ? sender->text() : "", facts, background);
  if (!copies) return copies.error();
  examined.facts.is_against_policy = copies->is_against_policy;
  copies->is_urgent = examined.facts.is_urgent;
  examined.copies = std::move(*copies);
  return {};
}

// Not what would be refused all the same. That the mail server is to keep it is told where the mail is handed back.
std::optional<net::Scan> scan_post(const Site& site, const List& list, const mail::Message& message,
                                   const Findings& findings, SiteScanner& scanner) {
  if (!is_scanned(site, list) || is_refused(findings)) return std::nullopt;
  net::Scan scan = scanner.scan(message);
  const bool is_down = scan.verdict == net::Scan::Verdict::down;
  if (!is_down || while_scanner_is_down(site, list) == WhileDown::hold) log_scan(list, message, scan);
  return scan;
}

}  // namespace

Status look_for_own_password(const Site& site, const store::View& state, ExaminedPost& examined) {
  if (examined.has_looked_for_own_password) return {};
  const Result<std::string> hash = hash_of_author(state, examined);
  if (!hash) return hash.error();
  examined.has_looked_for_own_password = true;
  if (hash->empty()) return {};
  const auth::PasswordMarks mark(site.keys(), {*hash});
  examined.facts.has_own_password =
      has_word(examined.post.message, [&](std::string_view word) { return mark.has(word); });
  return {};
}

std::string ExaminedPost::requester() const {
  const std::optional<mail::Mailbox> author = post.message.author();
  return author ? author->address.canonical() : "";
}

std::string ExaminedPost::sender() const { return approver ? approver->address.canonical() : requester(); }

Result<std::unique_ptr<ExaminedPost>> examine(const Site& site, const List& list, const Arrival& arrival) {
  auto examined = std::make_unique<ExaminedPost>();
  Status looked = check_password(site, list, arrival, *examined);
  if (looked) looked = look_for_secrets(site, list, arrival.now, *examined);
  if (!looked) return looked.error();
  examined->identity = identity_of(examined->post.message, arrival);
  examined->post.message = with_missing_fields(list, arrival, examined->post.message);
  const mail::Message& message = examined->post.message;
  Result<mail::Structure> structure = mail::compare_with_mimetic(message.bytes(), message.scan());
  if (!structure) return structure.error();
  if (structure->opinion != mail::Opinion::agrees) log_structure(list, message, *structure);
  examined->facts.structure = std::move(*structure);
  examined->moderation = find_moderation_word(site, list, message, arrival.now);
  SiteDns dns(site.config());
  const CopyFacts copy_facts(site, dns, arrival.now);
  Status gathered = gather_facts(site, list, arrival, dns, copy_facts.policies(), *examined);
  if (!gathered) return gathered.error();
  examined->facts.shown = without_found(message, examined->facts.content, notes_of(site, list));
  examined->findings = examine_post(examined->facts);
  SiteScanner scanner(site);
  examined->facts.scan = scan_post(site, list, message, examined->findings, scanner);
  if (examined->approves_held_post()) {
    Result<std::optional<Release>> approved =
        release_of_held(site, list, examined->moderation->id, scanner, copy_facts);
    if (!approved) return approved.error();
    examined->approved = std::move(*approved);
  }
  if (may_be_accepted(examined->facts, examined->findings)) {
    Status prepared = prepare_copies(site, list, arrival, copy_facts, *examined);
    if (!prepared) return prepared.error();
  }
  return examined;
}

}  // namespace majlis::lists
