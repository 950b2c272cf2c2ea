#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lists/site/site.h"
#include "lists/site/texts.h"

namespace majlis::lists {

constexpr std::string_view kReasonsText = "reasons";

// Why something happened to a post or a request, and what else is said about one in the language of its list.
enum class ReasonId {
  loop,
  hops,
  bounce,
  robot,
  token_in_text,
  live_token,
  password_in_text,
  command_in_text,
  password_twice,
  password_wrong,
  password_not_tried,
  not_urgent,
  no_author,
  duplicate,
  own_address,
  nopost,
  banned,
  stranger,
  challenged,
  moderators_only,
  moderated,
  new_member,
  old_thread,
  unauthenticated,
  dmarc,
  emergency,
  flooded,
  flooded_today,
  author_flooded,
  filtered,
  too_many_recipients,
  list_not_named,
  malformed,
  malformed_parts,
  partial,
  attachment_none,  // ${file}: NAME (TYPE, N octets)
  attachment_type,
  attachment_differs,
  attachment_unclear,
  attachment_name,
  attachment_kind,
  attachment_holds,
  attachment_closed,
  attachments_more,
  attachment_note,  // in the place of an attachment: ${what} is one of these
  content_signed,
  html_signed,
  html_only,
  infected,
  not_scanned,
  too_long,
  too_many_held,
  admin_request,
  admin_headers,
  admin_headers_unclear,
  admin_body,
  admin_body_unclear,
  taboo_headers,
  taboo_headers_unclear,
  taboo_body,
  taboo_body_unclear,
  content_filter,
  content_filter_words,  // ${text}: of the rule, for the author
  quoted_loop,
  pattern_unusable,
  by_pattern,   // any of these, in words for an author
  own_request,  // admin_request, likewise
  confirmed,
  not_confirmed,
  moderator_decided,
  nobody_named,  // in place of an author
  in_words,      // as it was written before reasons had ids: ${text}
};

struct ReasonRow {
  ReasonId id;
  std::string_view word;    // in held rows, in --json, in the text kReasonsText
  std::string_view values;  // the ${words} of its sentence, with blanks between them
};
std::span<const ReasonRow> reason_table();  // in the order of the ids
std::string_view word_for(ReasonId id);
std::optional<ReasonId> reason_called(std::string_view word);

struct Reason {
  ReasonId id;
  TextValues values = {};
  bool operator==(const Reason&) const = default;
};
using Reasons = std::vector<Reason>;

// In the sentences (sentences.h) of kReasonsText, several with "; " between them.
std::string reasons_in(const Site& site, std::string_view language, const Reasons& reasons);
// What a moderator wrote, or that one decided so.
std::string told_reason(const Site& site, std::string_view language, std::string_view written);
// In English as built in: for the log and for programs.
std::string in_english(const Reasons& reasons);
std::vector<std::string> words_of(const Reasons& reasons);

}  // namespace majlis::lists
