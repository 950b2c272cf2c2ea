#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/composer.h"
#include "mail/file_name_field.h"
#include "mail/text_part.h"

namespace majlis::mail {
namespace {

// Written by compose() itself: an extra field of that name would be a second one.
constexpr std::array<std::string_view, 10> kOwnFields = {"date",         "from",        "to",         "subject",
                                                         "message-id",   "in-reply-to", "references", "reply-to",
                                                         "mime-version", "content-type"};

bool is_token(std::string_view text) {
  constexpr std::string_view kSpecials = "()<>@,;:\\\"/[]?=";  // RFC 2045 5.1
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return c > ' ' && c <= '~' && kSpecials.find(c) == std::string_view::npos;
  });
}

std::string media_type(std::string_view type) {
  const std::size_t slash = type.find('/');
  const bool valid =
      slash != std::string_view::npos && is_token(type.substr(0, slash)) && is_token(type.substr(slash + 1));
  return valid ? to_lower_ascii(type) : "application/octet-stream";
}

std::string disposition(std::string_view name) {
  return name.empty() ? "inline" : "attachment" + file_name_parameter("filename", name);
}

bool is_message(std::string_view type) { return type.starts_with("message/"); }

std::string attachment_part(const Attachment& attachment) {
  const std::string type = media_type(attachment.type);
  // RFC 2046 5.2.1: a message is never encoded, which also keeps its octets.
  const char* encoding = !is_message(type) ? "base64" : is_ascii(attachment.bytes) ? "7bit" : "8bit";
  const std::string charset = is_token(attachment.charset) ? "; charset=" + attachment.charset : "";
  return field("Content-Type", type + charset) + field("Content-Disposition", disposition(attachment.name)) +
         field("Content-Transfer-Encoding", encoding) + "\r\n" +
         (is_message(type) ? attachment.bytes : encode_base64(attachment.bytes));
}

// The MIME fields, the empty line and the body.
std::string content(const Letter& letter) {
  if (!letter.content.empty()) return letter.content;
  const std::string version = field("MIME-Version", "1.0");
  if (letter.attachments.empty()) return version + text_part(letter.text);
  std::vector<std::string> parts = {text_part(letter.text)};
  for (const Attachment& attachment : letter.attachments) parts.push_back(attachment_part(attachment));
  const std::string boundary = choose_boundary(letter.message_id, {parts.begin(), parts.end()});
  const bool seven_bit =
      std::all_of(parts.begin(), parts.end(), [](const std::string& part) { return is_ascii(part); });
  std::string out = version + field("Content-Type", "multipart/mixed; boundary=\"" + boundary + '"') +
                    field("Content-Transfer-Encoding", seven_bit ? "7bit" : "8bit");
  for (const std::string& part : parts) out += "\r\n--" + boundary + "\r\n" + part;
  return out += "\r\n--" + boundary + "--\r\n";
}

std::string optional_field(std::string_view name, std::string_view body) {
  return body.empty() ? std::string() : field(name, body);
}

// The oldest first.
std::string references_of(const Letter& letter) {
  if (letter.follows.empty() || letter.in_reply_to.empty()) return letter.follows + letter.in_reply_to;
  return letter.follows == letter.in_reply_to ? letter.follows : letter.follows + " " + letter.in_reply_to;
}

bool is_own(std::string_view name) {
  return std::any_of(kOwnFields.begin(), kOwnFields.end(),
                     [&](std::string_view own) { return equals_ignoring_case(name, own); }) ||
         starts_with_ignoring_case(name, "content-");
}

bool has_extra(const Letter& letter, std::string_view name) {
  return std::any_of(letter.extra_fields.begin(), letter.extra_fields.end(),
                     [&](const auto& extra) { return equals_ignoring_case(extra.first, name); });
}

}  // namespace

std::string compose(const Letter& letter, UnixTime date) {
  std::string out = field("Date", rfc5322_date(date)) + field("From", letter.from) + field("To", letter.to) +
                    field("Subject", encode_text(letter.subject)) + field("Message-ID", letter.message_id);
  out += optional_field("In-Reply-To", letter.in_reply_to.empty() ? letter.follows : letter.in_reply_to);
  out += optional_field("References", references_of(letter));
  out += optional_field("Reply-To", letter.reply_to);
  if (!has_extra(letter, "Auto-Submitted")) {
    out += field("Auto-Submitted", letter.in_reply_to.empty() ? "auto-generated" : "auto-replied");
  }
  if (!has_extra(letter, "Precedence")) out += field("Precedence", "bulk");
  for (const auto& [name, body] : letter.extra_fields) {
    if (!is_own(name)) out += field(name, body);
  }
  return out + content(letter);
}

}  // namespace majlis::mail
