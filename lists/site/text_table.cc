#include "lists/site/text_table.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kSubject = "Subject: ";
constexpr std::string_view kPart = "part_";
constexpr std::string_view kChallengeWords =
    "address option token server expires confirm_line confirm_lines subject_token reply_hint";
constexpr std::string_view kSuspendedWords =
    "address option token server expires confirm_line confirm_lines subject_token reply_hint reason letters removal";
constexpr std::string_view kRenewalWords =
    "address option token server expires confirm_line confirm_lines subject_token reply_hint since until "
    "confirm_address";
constexpr std::string_view kHeldWords =
    "about author subject size reason excerpt original attached server token subject_token decide_lines accept reject "
    "discard trust ban claim expires";
constexpr std::string_view kCeilingWords = "count setting";
constexpr std::string_view kAnAnswer = "confirm_lines confirm_line token";

constexpr std::array kTexts = {
    TextRow{"approval_request", "who approves subscriptions",
            "verb address requester server confirmed token subject_token decide_lines accept reject discard trust ban "
            "claim "
            "approve_lines held expires",
            About::list, "decide_lines token approve_lines address"},
    TextRow{"autoresponse", "who writes to a list that answers by itself", "text", About::list, "text"},
    TextRow{"bounce_probe", "a member whose mail came back", "address days reason", About::list},
    TextRow{"bounce_removed", "a member whom mail did not reach", "address reason", About::list},
    TextRow{"challenge_commands", "who sent commands that are to be confirmed",
            "address requester commands token server expires confirm_line subject_token reply_hint", About::nothing,
            "confirm_line token"},
    TextRow{"challenge_confirm", "whose subscription is to be renewed", kChallengeWords, About::list, kAnAnswer},
    TextRow{"challenge_post", "in whose name a post came", kChallengeWords, About::list, kAnAnswer},
    TextRow{"challenge_set", "whose option is to be changed", kChallengeWords, About::list, kAnAnswer},
    TextRow{"challenge_subscribe", "who is to be subscribed", kChallengeWords, About::list, kAnAnswer},
    TextRow{"challenge_unsubscribe", "who is to be unsubscribed", kChallengeWords, About::list, kAnAnswer},
    TextRow{"claimed", "the other moderators",
            "notice_subject who until what token decide_lines accept reject discard trust ban claim", About::list},
    TextRow{"config_faults", "in answers to newconfig and passwd", "", About::sentences},
    TextRow{"file", "who asked for a file", "file octets service", About::list},
    TextRow{"goodbye", "who has left", "address use intro", About::list},
    TextRow{"held_author", "the author of a held post", "message_id subject date reason expires", About::list},
    TextRow{"held_moderator", "moderators", kHeldWords, About::list, "decide_lines token"},
    TextRow{"held_moderator_listserv", "moderators of lists with dialect = listserv", kHeldWords, About::list,
            "decide_lines token"},
    TextRow{"help", "who asked for help", "server owner_address", About::nothing},
    TextRow{"help_listserv", "who asked LISTSERV for help", "server owner_address", About::nothing},
    TextRow{"help_mailman", "who asked Mailman for help", "server owner_address", About::nothing},
    TextRow{"hold_summary", "moderators",
            "count shown posts server how token subject_token accept reject discard trust ban claim", About::list,
            "posts"},
    TextRow{"invitation", "members of a list that moves in with --invite", kChallengeWords, About::list, kAnAnswer},
    TextRow{"notice_bounce", "owners", "address reason days", About::list},
    TextRow{"notice_removed", "owners", "address reason days", About::list},
    TextRow{"notice_subscribe", "owners", "address", About::list},
    TextRow{"notice_suspended", "owners", "address reason days", About::list},
    TextRow{"notice_unsubscribe", "owners", "address", About::list},
    TextRow{"owner_changed", "the owners of before", "requester owners postmaster", About::list},
    TextRow{"owner_report", "owners", "day sections columns", About::list, "sections"},
    TextRow{"part_answer_letter", "beside held_moderator, on lists with dialect = mailman", "subject author",
            About::list},
    TextRow{"part_applicant_reason", "in letters about requests: ${decide_lines}", "", About::list},
    TextRow{"part_attached_blanked", "in held_moderator: ${attached}", "", About::list},
    TextRow{"part_attached_cut", "in held_moderator: ${attached}", "shown size", About::list},
    TextRow{"part_attached_infected", "in held_moderator: ${attached}", "", About::list},
    TextRow{"part_attached_unscanned", "in held_moderator: ${attached}", "", About::list},
    TextRow{"part_attached_whole", "in held_moderator: ${attached}", "", About::list},
    TextRow{"part_attached_without", "in held_moderator: ${attached}", "", About::list},
    TextRow{"part_author_reason", "in letters about held posts: ${decide_lines}", "", About::list},
    TextRow{"part_broken_line", "in challenges: ${confirm_lines}", "", About::list},
    TextRow{"part_claimed", "in hold_summary: ${claimed}", "who until", About::list},
    TextRow{"part_confirmed", "in approval_request: ${confirmed}", "", About::list},
    TextRow{"part_decide_all", "in hold_summary: ${how}", "token accept reject discard trust ban claim", About::list,
            "accept discard"},
    TextRow{"part_decide_one", "in hold_summary: ${how}", "token accept reject discard trust ban claim", About::list},
    TextRow{"part_digest_contents", "subscribers of digests", "subjects", About::nothing, "subjects"},
    TextRow{"part_digest_cut", "subscribers of digests", "", About::nothing},
    TextRow{"part_excerpt", "in held_moderator: ${excerpt}", "lines", About::list},
    TextRow{"part_held_post", "in hold_summary: ${posts}",
            "author subject size reason claimed held expires token decide_lines accept reject discard trust ban claim",
            About::nothing, "decide_lines token"},
    TextRow{"part_held_request", "in hold_summary: ${posts}",
            "list verb address requester server claimed held expires token decide_lines accept reject discard trust "
            "ban claim",
            About::nothing, "decide_lines token"},
    TextRow{"part_index_columns", "subscribers of indexes", "", About::nothing},
    TextRow{"part_index_order", "subscribers of indexes", "server command", About::nothing, "command"},
    TextRow{"part_last_letter", "behind held_author, posted_author and rejected_author", "", About::list},
    TextRow{"part_left_out", "subscribers of digests", "name type", About::nothing},
    TextRow{"part_no_reason", "in letters about bounces: ${reason}", "", About::list},
    TextRow{"part_original", "in held_moderator_listserv: ${original}", "token count original", About::list,
            "original"},
    TextRow{"part_removal_later", "in suspended: ${removal}", "letters days day", About::nothing},
    TextRow{"part_removal_next", "in suspended: ${removal}", "letters days day", About::nothing},
    TextRow{"part_reply_hint", "in challenges: ${reply_hint}", "confirm_address", About::nothing, "confirm_address"},
    TextRow{"part_report_bounced", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_report_columns", "in owner_report: ${columns}", "", About::list},
    TextRow{"part_report_lost", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_report_message", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_report_probed", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_report_reached", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_report_removed", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_report_returned", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_report_suspended", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_report_unread", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_report_unrenewed", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_report_unsure", "in owner_report: ${sections}", "", About::list},
    TextRow{"part_welcome_announce", "in welcome: ${use}", "", About::list},
    TextRow{"part_welcome_digest", "in welcome: ${use}", "", About::list},
    TextRow{"part_welcome_moderated", "in welcome: ${use}", "", About::list},
    TextRow{"part_welcome_post", "in welcome: ${use}", "", About::list},
    TextRow{"password_changed", "owners", "requester owners postmaster", About::list},
    TextRow{"password_in_command", "owners", "requester", About::list},
    TextRow{"password_in_post", "owners", "requester", About::list},
    TextRow{"password_warning", "owners", "requester", About::list},
    TextRow{"pattern_warning", "owners", "pattern", About::list},
    TextRow{"posted_author", "an author with the option ack", "message_id subject date", About::list},
    TextRow{"posts", "who asked for posts", "posts numbers service", About::list},
    TextRow{"reasons", "in letters about posts: ${reason}", "", About::sentences},
    TextRow{"rejected_author", "the author of a rejected post", "message_id subject date reason", About::list},
    TextRow{"rejected_request", "whose request was refused", "verb address requester server held expires reason",
            About::list},
    TextRow{"renewal", "a member who is to renew", kRenewalWords, About::list,
            "confirm_line confirm_lines confirm_address token"},
    TextRow{"renewal_probe", "a member whose address is tested", "address", About::list},
    TextRow{"renewal_removed", "who did not renew", "address", About::list},
    TextRow{"replies", "who sent a command", "", About::sentences},
    TextRow{"set_aside", "the site's postmaster", "list recipient path reason program", About::nothing},
    TextRow{"suspended", "a member whom mail does not reach", kSuspendedWords, About::list, kAnAnswer},
    TextRow{"too_many_asked", "moderators", kCeilingWords, About::list},
    TextRow{"too_many_challenges", "owners", kCeilingWords, About::list},
    TextRow{"too_many_files", "the site's postmaster", kCeilingWords, About::nothing},
    TextRow{"too_many_held", "moderators", kCeilingWords, About::list},
    TextRow{"too_many_letters", "owners", kCeilingWords, About::list},
    TextRow{"too_many_notices", "moderators", kCeilingWords, About::list},
    TextRow{"too_many_of_network", "owners", "count setting source", About::list},
    TextRow{"too_many_post_challenges", "owners", kCeilingWords, About::list},
    TextRow{"too_many_requests", "moderators", kCeilingWords, About::list},
    TextRow{"too_many_set_aside", "the site's postmaster", kCeilingWords, About::nothing},
    TextRow{"welcome", "a new member", "address use intro", About::list},
};

// Names between "${" and "}".
std::vector<std::string_view> placeholders_in(std::string_view text) {
  std::vector<std::string_view> names;
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 1)) {
    const std::size_t end = text.find('}', at);
    if (end != std::string_view::npos) names.push_back(text.substr(at + 2, end - at - 2));
  }
  return names;
}

bool is_among(std::string_view word, std::string_view words) {
  const std::vector<std::string_view> all = split_words(words);
  return std::find(all.begin(), all.end(), word) != all.end();
}

}  // namespace

std::span<const TextRow> text_table() { return kTexts; }

const TextRow* find_text(std::string_view name) {
  const auto found = std::find_if(kTexts.begin(), kTexts.end(), [&](const TextRow& row) { return row.name == name; });
  return found == kTexts.end() ? nullptr : &*found;
}

std::string unknown_word_in(std::string_view text, std::string_view words) {
  for (const std::string_view name : placeholders_in(text)) {
    if (!is_among(name, words)) return std::string(name);
  }
  return {};
}

bool has_what_it_needs(const TextRow& row, std::string_view text) {
  if (row.needs.empty()) return true;
  const std::vector<std::string_view> names = placeholders_in(text);
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return is_among(name, row.needs); });
}

std::string fault_in(const TextRow& row, std::string_view text) {
  if (!is_valid_utf8(text)) return "it is not UTF-8";
  const bool is_letter = row.about != About::sentences && !row.name.starts_with(kPart);
  if (is_letter && !text.starts_with(kSubject)) return "its first line is no \"Subject: ...\"";
  if (!has_what_it_needs(row, text)) {
    std::string needs;
    for (const std::string_view word : split_words(row.needs)) {
      needs.append(needs.empty() ? "" : " or ").append("${").append(word).append("}");
    }
    return "it lacks " + needs + ", without which nobody can answer; the built-in text is used instead";
  }
  const std::string words = std::string(row.words) + (row.about == About::list ? " " + std::string(kListWords) : "");
  const std::string unknown = row.about == About::sentences ? "" : unknown_word_in(text, words);
  return unknown.empty() ? "" : "nothing is put in for ${" + unknown + "}";
}

}  // namespace majlis::lists
