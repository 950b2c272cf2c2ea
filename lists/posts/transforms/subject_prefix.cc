#include "base/text.h"
#include "base/unicode.h"
#include "lists/posts/transforms/post_tokens.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/coding/encoded_words.h"
#include "mail/composer.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxLineOctets = 990;  // RFC 5322 2.1.1 has 998

// The list's tag as it stands in a header: ASCII, encoded when it is not. A blank between two encoded words is not
// shown (RFC 2047 6.2), so it stands inside ours.
std::string encoded_prefix(const std::string& prefix) {
  const std::string whole = mail::field("Subject", is_ascii(prefix) ? prefix : mail::encode_words(prefix + " "));
  return std::string(trim(std::string_view(whole).substr(whole.find(':') + 1)));
}

void put_before_subject(const std::string& prefix, Draft& draft) {
  const mail::Message& message = draft.message();
  if (prefix.empty() || message.subject().find(prefix) != std::string::npos) return;
  for (const mail::Field& field : message.scan().parts.front().fields) {
    if (!equals_ignoring_case(field.name, "Subject")) continue;
    const bool has_blank = field.body_begin < field.body_end && is_blank(message.bytes()[field.body_begin]);
    const std::string own = " " + encoded_prefix(prefix);
    const std::string_view first_line = message.bytes().substr(field.begin, field.end - field.begin);
    const bool fits = first_line.substr(0, first_line.find('\n')).size() + own.size() <= kMaxLineOctets;
    const std::string fold = fits ? "" : message.scan().crlf ? "\r\n" : "\n";
    draft.edit().insert(field.body_begin, own + fold + (has_blank ? "" : " "));
    return;
  }
  draft.edit().add_field("Subject", prefix);
}

}  // namespace

// Majordomo's subject_prefix, unless the Subject has it already. Breaks DKIM signatures over Subject: off by default.
Result<Draft> subject_prefix(const PostContext& context, Draft draft) {
  const std::string& written = context.list->config().text(Setting::subject_prefix);
  if (written.empty() || context.style == HeaderStyle::as_written) return draft;
  const PostTokens tokens = tokens_of(*context.list, *context.post, SenderAs::from_text);
  put_before_subject(mail::one_line(fill_in_tokens(written, tokens)), draft);
  return draft;
}

// LISTSERV's tag, for those who asked for it.
Result<Draft> subject_tag(const PostContext& context, Draft draft) {
  if (context.style != HeaderStyle::subject) return draft;
  const std::string& written = context.list->config().text(Setting::subject_tag);
  put_before_subject("[" + (written.empty() ? context.list->name().name() : written) + "]", draft);
  return draft;
}

}  // namespace majlis::lists
