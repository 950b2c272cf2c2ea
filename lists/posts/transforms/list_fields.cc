#include "base/unicode.h"
#include "lists/posts/transforms/member_words.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/coding/encoded_words.h"

namespace majlis::lists {
namespace {

std::string mailto(const std::string& address) { return "<mailto:" + address + ">"; }

// The phrase in front of an identifier (RFC 2919): nothing in it is read as one.
std::string phrase(const std::string& description) {
  std::string text;
  for (const char c : description) {
    if (c != '<' && c != '>' && c != '"' && c != '\\') text += c;
  }
  if (!is_ascii(text)) return mail::encode_words(text);
  const bool needs_quotes = text.find_first_of("()[]:;@,.") != std::string::npos;
  return needs_quotes ? '"' + text + '"' : text;
}

// A copy of a member's own has a link that names the member.
std::string link_to_leave(const PostContext& context) {
  const List& list = *context.list;
  if (context.marks == nullptr) return "mailto:" + list.role_address("unsubscribe");
  return signs_unsubscribe(list) ? signed_unsubscribe_link(list, *context.marks)
                                 : unsubscribe_link(list, context.marks->word(spool::PointKind::header_url));
}

}  // namespace

// RFC 2369 and RFC 2919, one of each, and our loop mark.
Result<Draft> list_fields(const PostContext& context, Draft draft) {
  const List& list = *context.list;
  mail::Edit& edit = draft.edit();
  const std::string& description = list.config().text(Setting::description);
  const std::string id = "<" + list.list_id() + ">";
  const bool closed = list.config().choice(Setting::post_access) == "closed";
  edit.add_field("List-Id", description.empty() ? id : phrase(description) + " " + id);
  edit.add_field("List-Post", closed ? "NO" : mailto(list.address()));
  edit.add_field("List-Help", "<mailto:" + list.role_address("request") + "?subject=help>");
  edit.add_field("List-Subscribe", mailto(list.role_address("subscribe")));
  edit.add_field("List-Unsubscribe", "<" + link_to_leave(context) + ">");
  edit.add_field("List-Owner", mailto(list.role_address("owner")));
  edit.add_field("Precedence", list.config().text(Setting::precedence));
  edit.add_field("X-Loop", list.address());
  return draft;
}

}  // namespace majlis::lists
