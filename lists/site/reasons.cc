#include "lists/site/reasons.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/sentences.h"
#include "lists/site/text/built_in_texts.h"

namespace majlis::lists {
namespace {

constexpr std::array kReasons = {
    ReasonRow{ReasonId::loop, "loop", ""},
    ReasonRow{ReasonId::hops, "hops", ""},
    ReasonRow{ReasonId::bounce, "bounce", ""},
    ReasonRow{ReasonId::robot, "robot", "why"},
    ReasonRow{ReasonId::token_in_text, "token_in_text", ""},
    ReasonRow{ReasonId::live_token, "live_token", "address"},
    ReasonRow{ReasonId::password_in_text, "password_in_text", "address"},
    ReasonRow{ReasonId::command_in_text, "command_in_text", "address"},
    ReasonRow{ReasonId::password_twice, "password_twice", ""},
    ReasonRow{ReasonId::password_wrong, "password_wrong", ""},
    ReasonRow{ReasonId::password_not_tried, "password_not_tried", ""},
    ReasonRow{ReasonId::not_urgent, "not_urgent", ""},
    ReasonRow{ReasonId::no_author, "no_author", ""},
    ReasonRow{ReasonId::duplicate, "duplicate", ""},
    ReasonRow{ReasonId::own_address, "own_address", "address"},
    ReasonRow{ReasonId::nopost, "nopost", ""},
    ReasonRow{ReasonId::banned, "banned", ""},
    ReasonRow{ReasonId::stranger, "stranger", "who"},
    ReasonRow{ReasonId::challenged, "challenged", "address"},
    ReasonRow{ReasonId::moderators_only, "moderators_only", ""},
    ReasonRow{ReasonId::moderated, "moderated", ""},
    ReasonRow{ReasonId::new_member, "new_member", "count limit"},
    ReasonRow{ReasonId::old_thread, "old_thread", "days"},
    ReasonRow{ReasonId::unauthenticated, "unauthenticated", "domain"},
    ReasonRow{ReasonId::dmarc, "dmarc", "domain"},
    ReasonRow{ReasonId::emergency, "emergency", ""},
    ReasonRow{ReasonId::flooded, "flooded", "limit"},
    ReasonRow{ReasonId::flooded_today, "flooded_today", "limit"},
    ReasonRow{ReasonId::author_flooded, "author_flooded", "limit"},
    ReasonRow{ReasonId::filtered, "filtered", ""},
    ReasonRow{ReasonId::too_many_recipients, "too_many_recipients", "count limit"},
    ReasonRow{ReasonId::list_not_named, "list_not_named", "address"},
    ReasonRow{ReasonId::malformed, "malformed", "why"},
    ReasonRow{ReasonId::malformed_parts, "malformed_parts", ""},
    ReasonRow{ReasonId::partial, "partial", "type"},
    ReasonRow{ReasonId::attachment_none, "attachment_none", "file"},
    ReasonRow{ReasonId::attachment_type, "attachment_type", "file"},
    ReasonRow{ReasonId::attachment_differs, "attachment_differs", "file kind"},
    ReasonRow{ReasonId::attachment_unclear, "attachment_unclear", "file"},
    ReasonRow{ReasonId::attachment_name, "attachment_name", "file ending"},
    ReasonRow{ReasonId::attachment_kind, "attachment_kind", "file kind"},
    ReasonRow{ReasonId::attachment_holds, "attachment_holds", "file inside"},
    ReasonRow{ReasonId::attachment_closed, "attachment_closed", "file"},
    ReasonRow{ReasonId::attachments_more, "attachments_more", "count"},
    ReasonRow{ReasonId::attachment_note, "attachment_note", "what"},
    ReasonRow{ReasonId::content_signed, "content_signed", ""},
    ReasonRow{ReasonId::html_signed, "html_signed", ""},
    ReasonRow{ReasonId::html_only, "html_only", ""},
    ReasonRow{ReasonId::infected, "infected", "name"},
    ReasonRow{ReasonId::not_scanned, "not_scanned", ""},
    ReasonRow{ReasonId::too_long, "too_long", "size limit"},
    ReasonRow{ReasonId::too_many_held, "too_many_held", ""},
    ReasonRow{ReasonId::admin_request, "admin_request", ""},
    ReasonRow{ReasonId::admin_headers, "admin_headers", "pattern"},
    ReasonRow{ReasonId::admin_headers_unclear, "admin_headers_unclear", "pattern"},
    ReasonRow{ReasonId::admin_body, "admin_body", "pattern"},
    ReasonRow{ReasonId::admin_body_unclear, "admin_body_unclear", "pattern"},
    ReasonRow{ReasonId::taboo_headers, "taboo_headers", "pattern"},
    ReasonRow{ReasonId::taboo_headers_unclear, "taboo_headers_unclear", "pattern"},
    ReasonRow{ReasonId::taboo_body, "taboo_body", "pattern"},
    ReasonRow{ReasonId::taboo_body_unclear, "taboo_body_unclear", "pattern"},
    ReasonRow{ReasonId::content_filter, "content_filter", "pattern"},
    ReasonRow{ReasonId::content_filter_words, "content_filter_words", "pattern text"},
    ReasonRow{ReasonId::quoted_loop, "quoted_loop", "field"},
    ReasonRow{ReasonId::pattern_unusable, "pattern_unusable", "pattern"},
    ReasonRow{ReasonId::by_pattern, "by_pattern", ""},
    ReasonRow{ReasonId::own_request, "own_request", "leave join"},
    ReasonRow{ReasonId::confirmed, "confirmed", ""},
    ReasonRow{ReasonId::not_confirmed, "not_confirmed", ""},
    ReasonRow{ReasonId::moderator_decided, "moderator_decided", ""},
    ReasonRow{ReasonId::nobody_named, "nobody_named", ""},
    ReasonRow{ReasonId::in_words, "in_words", "text"},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kReasons.size(); ++i) {
    if (kReasons[i].id != static_cast<ReasonId>(i)) return false;
  }
  return true;
}
static_assert(is_in_order());

constexpr std::string_view kBetween = "; ";

template <typename Say>
std::string join(const Reasons& reasons, const Say& say) {
  std::string joined;
  for (const Reason& reason : reasons) joined.append(joined.empty() ? "" : kBetween).append(say(reason));
  return joined;
}

}  // namespace

std::span<const ReasonRow> reason_table() { return kReasons; }

std::string_view word_for(ReasonId id) { return kReasons.at(static_cast<std::size_t>(id)).word; }

std::optional<ReasonId> reason_called(std::string_view word) {
  const auto row =
      std::find_if(kReasons.begin(), kReasons.end(), [&](const ReasonRow& each) { return each.word == word; });
  return row == kReasons.end() ? std::nullopt : std::optional(row->id);
}

std::string reasons_in(const Site& site, std::string_view language, const Reasons& reasons) {
  Sentences sentences(site, kReasonsText);
  return join(reasons,
              [&](const Reason& reason) { return sentences.say(language, word_for(reason.id), reason.values); });
}

std::string told_reason(const Site& site, std::string_view language, std::string_view written) {
  return trim(written).empty() ? reasons_in(site, language, {{ReasonId::moderator_decided}}) : std::string(written);
}

std::string in_english(const Reasons& reasons) {
  return join(reasons, [](const Reason& reason) {
    return fill_in(built_in_sentence("en", kReasonsText, word_for(reason.id)), reason.values);
  });
}

std::vector<std::string> words_of(const Reasons& reasons) {
  std::vector<std::string> words;
  for (const Reason& reason : reasons) words.emplace_back(word_for(reason.id));
  return words;
}

}  // namespace majlis::lists
