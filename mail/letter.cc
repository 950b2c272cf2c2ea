#include <algorithm>
#include <array>
#include <cstdint>
#include <set>

#include "base/text.h"
#include "mail/composer.h"
#include "mail/decode.h"
#include "mail/unicode.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxPlainLineOctets = 990;
constexpr std::size_t kCounterDigits = 8;

// Written by compose() itself: an extra field of that name would be a second one.
constexpr std::array<std::string_view, 10> kOwnFields = {"date",         "from",        "to",         "subject",
                                                         "message-id",   "in-reply-to", "references", "reply-to",
                                                         "mime-version", "content-type"};

// FNV-1a; the boundary need not be secret, only the same every time.
std::uint64_t hash(std::string_view text, std::uint64_t start) {
  for (const char c : text) start = (start ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return start;
}

std::string hash_text(std::string_view text) {
  std::string octets;
  for (const std::uint64_t start : {0xCBF29CE484222325U, 0x9E3779B97F4A7C15U}) {
    const std::uint64_t value = hash(text, start);
    for (unsigned shift = 0; shift < 64; shift += 8) octets += static_cast<char>((value >> shift) & 0xFFU);
  }
  return hex(octets);
}

// The counters that stand behind `stem` anywhere in the contents.
std::set<std::uint64_t> counters_in(const std::vector<std::string>& contents, std::string_view stem) {
  std::set<std::uint64_t> taken;
  for (const std::string& content : contents) {
    for (std::size_t at = content.find(stem); at != std::string::npos; at = content.find(stem, at + 1)) {
      if (const auto counter = parse_number(std::string_view(content).substr(at + stem.size(), kCounterDigits))) {
        taken.insert(*counter);
      }
    }
  }
  return taken;
}

// "=_" stands in no quoted-printable or base64 text. A content that holds the boundary on purpose gets the next number;
// the numbers have one length, so no boundary begins with another.
std::string choose_boundary(const std::string& message_id, const std::vector<std::string>& parts) {
  const std::string stem = "=_" + hash_text(message_id) + '_';
  const std::set<std::uint64_t> taken = counters_in(parts, stem);
  std::uint64_t counter = 0;
  while (taken.contains(counter)) ++counter;
  const std::string digits = std::to_string(counter);
  return stem + std::string(kCounterDigits - digits.size(), '0') + digits;
}

std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  for (const char c : text) out.append(c == '\n' ? "\r\n" : std::string_view(&c, 1));
  return out;
}

// Valid UTF-8 with LF line ends and one at the end.
std::string clean_text(std::string_view text) {
  std::string clean = to_utf8(text, "utf-8");
  std::string lines;
  lines.reserve(clean.size() + 1);
  for (std::string_view rest(clean); !rest.empty();) (lines += *next_line(rest)) += '\n';
  return lines;
}

bool needs_encoding(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = *next_line(text);
    if (line.size() > kMaxPlainLineOctets || !is_ascii(line)) return true;
    if (std::any_of(line.begin(), line.end(),
                    [](char c) { return c != '\t' && is_control(static_cast<unsigned char>(c)); })) {
      return true;
    }
  }
  return false;
}

std::string text_part(std::string_view raw_text) {
  const std::string text = clean_text(raw_text);
  const bool encoded = needs_encoding(text);
  return field("Content-Type", "text/plain; charset=UTF-8") +
         field("Content-Transfer-Encoding", encoded ? "quoted-printable" : "7bit") + "\r\n" +
         (encoded ? encode_quoted_printable(text) : with_crlf(text));
}

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
  std::string safe;
  for (const char c : name) safe += c >= ' ' && c <= '~' && c != '"' && c != '\\' ? c : '_';
  return safe.empty() ? "inline" : "attachment; filename=\"" + safe + '"';
}

bool is_message(std::string_view type) { return type.starts_with("message/"); }

std::string attachment_part(const Attachment& attachment) {
  const std::string type = media_type(attachment.type);
  // RFC 2046 5.2.1: a message is never encoded, which also keeps its octets.
  const char* encoding = !is_message(type) ? "base64" : is_ascii(attachment.bytes) ? "7bit" : "8bit";
  return field("Content-Type", type) + field("Content-Disposition", disposition(attachment.name)) +
         field("Content-Transfer-Encoding", encoding) + "\r\n" +
         (is_message(type) ? attachment.bytes : encode_base64(attachment.bytes));
}

// The MIME fields, the empty line and the body.
std::string content(const Letter& letter) {
  const std::string version = field("MIME-Version", "1.0");
  if (letter.attachments.empty()) return version + text_part(letter.text);
  std::vector<std::string> parts = {text_part(letter.text)};
  for (const Attachment& attachment : letter.attachments) parts.push_back(attachment_part(attachment));
  const std::string boundary = choose_boundary(letter.message_id, parts);
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
  out += optional_field("In-Reply-To", letter.in_reply_to);
  out += optional_field("References", letter.in_reply_to);
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
