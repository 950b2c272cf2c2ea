#include "lists/posts/held/author_letters.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/effects/letters.h"
#include "lists/posts/held/held_post.h"
#include "lists/posts/reading/given_words.h"
#include "lists/site/directory.h"
#include "mail/automatic.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;

constexpr std::size_t kShownOctets = 200;
constexpr const char* kMasked = "***";

// Posts in which something stood that is not to be repeated.
constexpr std::array kSecretReasons = {ReasonId::token_in_text, ReasonId::live_token, ReasonId::password_in_text,
                                       ReasonId::password_twice, ReasonId::command_in_text};

bool is_about_a_secret(const Reasons& reasons) {
  return std::any_of(reasons.begin(), reasons.end(), [](const Reason& reason) {
    return std::find(kSecretReasons.begin(), kSecretReasons.end(), reason.id) != kSecretReasons.end();
  });
}

// The owner's patterns are no business of the author's, who would write around them; and who sent the members what is
// for the list's manager is told where it goes. Words of a rule of the content filter are for the author.
Reason for_author(const List& list, const Reason& reason) {
  if (reason.id == ReasonId::admin_request) {
    return {ReasonId::own_request,
            {{"leave", list.role_address("unsubscribe")}, {"join", list.role_address("subscribe")}}};
  }
  if (reason.id == ReasonId::content_filter_words) return {ReasonId::in_words, {{"text", reason.values.at("text")}}};
  return reason.values.contains("pattern") ? Reason{ReasonId::by_pattern, {}} : reason;
}

Reasons for_author(const List& list, const Reasons& reasons) {
  Reasons told;
  for (const Reason& reason : reasons) {
    Reason words = for_author(list, reason);
    const bool is_told =
        std::any_of(told.begin(), told.end(), [&](const Reason& other) { return other.id == words.id; });
    if (!is_told) told.push_back(std::move(words));
  }
  return told;
}

Correspondence letter_to(const mail::Address& author, std::string_view text_name, const PostName& post,
                         const Reasons& reasons, TextValues values) {
  Correspondence letter;
  letter.text_name = text_name;
  letter.values = std::move(values);
  letter.values["message_id"] = post.message_id;
  letter.values["subject"] =
      is_about_a_secret(reasons) ? std::string(kMasked) : printable_utf8(post.subject, kShownOctets);
  letter.values["date"] = iso8601(post.came).substr(0, 10);
  letter.to = {author};
  letter.in_reply_to = post.message_id;
  return letter;
}

// Its author is no robot.
Result<AuthorLetter> write_to_author(Work& work, const List& list, const mail::Address& author, const PostName& post,
                                     const Reasons& reasons, std::string_view text_name, TextValues values = {}) {
  if (leads_back(work.site(), author)) return AuthorLetter::nobody;
  const auto most = static_cast<std::uint64_t>(work.site().config().replies_per_day);
  const std::array shares = {
      Share{"author-letter-to:" + mailbox_key(author), most},
      Share{"author-letters:" + list.address(), ceiling_of_letters(list).limit},
  };
  Result<std::optional<std::size_t>> used_up = take_shares(work, shares);
  if (!used_up) return used_up.error();
  if (*used_up == 0U) {
    log_share_used(work, list, "author", "replies_per_day", author);
    return AuthorLetter::withheld;
  }
  if (*used_up) return AuthorLetter::used_up;
  Result<std::uint64_t> had = work.state().counted(shares[0].key, work.now(), kDay);
  if (!had) return had.error();
  const std::string& language = list.config().text(Setting::language);
  if (!reasons.empty()) values["reason"] = reasons_in(work.site(), language, for_author(list, reasons));
  Correspondence letter = letter_to(author, text_name, post, reasons, std::move(values));
  if (*had >= most) letter.closing_words = part_text(work, list, "part_last_letter");
  send_letter(work, list, letter);
  return AuthorLetter::sent;
}

}  // namespace

Result<AuthorLetter> tell_author(Work& work, const List& list, const PostFacts& facts, const Reasons& reasons,
                                 std::string_view text_name, TextValues values) {
  if (!facts.author || mail::automatic_reason(*facts.message, facts.envelope_sender)) return AuthorLetter::nobody;
  std::string subject = facts.has_moderation_token ? kMasked : facts.message->subject();
  if (is_for_manager(reasons)) {
    subject = without_given_words(std::move(subject), given_words(*facts.message, list.name().name()));
  }
  const PostName post{facts.message->message_id(), subject, work.now()};
  return write_to_author(work, list, facts.author->address, post, reasons, text_name, std::move(values));
}

Status acknowledge(Work& work, const List& list, const PostPeople& people) {
  Result<bool> is_wanted = wants_to_be_told(work, list, people);
  if (!is_wanted || !*is_wanted) return is_wanted ? Status() : is_wanted.error();
  const PostName post{people.message_id, people.subject, work.now()};
  Result<AuthorLetter> letter = write_to_author(work, list, *people.author, post, {}, "posted_author");
  return letter ? Status() : letter.error();
}

void tell_rejection(Work& work, const List& list, const mail::Address& author, const PostName& post,
                    const Reasons& reasons, const std::string& reason) {
  if (leads_back(work.site(), author)) return;
  send_letter(work, list, letter_to(author, "rejected_author", post, reasons, {{"reason", reason}}));
}

}  // namespace majlis::lists
