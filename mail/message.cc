#include "mail/message.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/author.h"
#include "mail/coding/decode.h"
#include "mail/flowed.h"
#include "mail/part_text.h"
#include "mail/scan/content_field.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxSubjectOctets = 998;
constexpr std::size_t kMaxTypeParameters = 50;
constexpr std::string_view kPlain = "text/plain";
constexpr std::string_view kHtml = "text/html";
constexpr std::string_view kReturnPath = "Return-Path:";
constexpr std::string_view kFromLine = "From ";
constexpr std::array<std::string_view, 3> kEnvelopeFields = {kReturnPath, "X-Original-To:", "Delivered-To:"};

// Behind the line that begins at `at`; nullopt when it does not end, or hides a bare CR: an MTA writes no such line,
// and all of a message with CR line ends would be cut away with it.
std::optional<std::size_t> line_end(std::string_view bytes, std::size_t at) {
  const std::size_t newline = bytes.find('\n', at);
  if (newline == std::string_view::npos) return std::nullopt;
  const std::size_t cr = bytes.substr(at, newline - at).find('\r');
  if (cr != std::string_view::npos && at + cr + 1 != newline) return std::nullopt;
  return newline + 1;
}

// A second field of one name is not the MTA's: what the sender wrote must not be taken for it.
std::size_t end_of_envelope_lines(std::string_view bytes) {
  std::size_t at = bytes.starts_with(kFromLine) ? line_end(bytes, 0).value_or(0) : 0;
  std::array<bool, kEnvelopeFields.size()> seen{};
  for (;;) {
    std::size_t which = 0;
    while (which < seen.size() &&
           (seen[which] || !starts_with_ignoring_case(bytes.substr(at), kEnvelopeFields[which]))) {
      ++which;
    }
    if (which == seen.size()) return at;
    seen[which] = true;
    std::optional<std::size_t> end = line_end(bytes, at);
    while (end && *end < bytes.size() && is_blank(bytes[*end])) end = line_end(bytes, *end);
    if (!end) return at;
    at = *end;
  }
}

std::string_view field_body(std::string_view bytes, const Field& field) {
  return bytes.substr(field.body_begin, field.body_end - field.body_begin);
}

// The parts of this type that are the message's own text, in order.
std::vector<const Part*> own_parts_of_type(std::string_view bytes, const Scan& scan, std::string_view type) {
  std::vector<const Part*> found;
  std::vector<bool> is_inside(scan.parts.size());  // an attachment or an attached message, or below one
  for (std::size_t i = 0; i < scan.parts.size(); ++i) {
    const Part& part = scan.parts[i];
    const bool parent_inside = part.parent >= 0 && is_inside[static_cast<std::size_t>(part.parent)];
    const bool attached = is_attachment(bytes, part);
    if (!parent_inside && !attached && part.type == type) found.push_back(&part);
    is_inside[i] = parent_inside || attached || part.type.starts_with("message/");
  }
  return found;
}

// Plain text that only calls itself HTML keeps its lines.
bool has_markup(std::string_view text) {
  for (std::size_t at = text.find('<'); at + 1 < text.size() && at != std::string_view::npos;
       at = text.find('<', at + 1)) {
    const char next = to_lower_ascii(text[at + 1]);
    if (next == '/' || next == '!' || (next >= 'a' && next <= 'z')) return true;
  }
  return false;
}

std::string html_as_text(std::string text) { return has_markup(text) ? html_to_text(text) : text; }

// `text` is that of the part, with LF line ends.
std::string unflowed(std::string_view bytes, const Part& part, std::string text, const KeepsBreak& keeps_break) {
  for (const Field& field : part.fields) {
    if (!equals_ignoring_case(field.name, "Content-Type")) continue;
    const ContentField type = parse_content_field(unfold(field_body(bytes, field)), kMaxTypeParameters);
    if (!equals_ignoring_case(parameter_value(type, "format").value_or(""), "flowed")) break;
    const bool drops = equals_ignoring_case(parameter_value(type, "delsp").value_or(""), "yes");
    return unflow(text, drops ? FinalBlank::drop : FinalBlank::keep, keeps_break);
  }
  return text;
}

}  // namespace

Message Message::open(std::string bytes, const ScanLimits& limits) {
  const auto opened = std::make_shared<Opened>();
  const std::size_t cut = end_of_envelope_lines(bytes);
  opened->envelope_lines = bytes.substr(0, cut);
  bytes.erase(0, cut);
  opened->bytes = std::move(bytes);
  opened->scan = mail::scan(opened->bytes, limits);
  Message message;
  message.opened_ = opened;
  return message;
}

std::shared_ptr<const Message::Opened> Message::nothing() {
  static const auto empty = std::make_shared<const Opened>(Opened{{}, {}, mail::scan({}, {})});
  return empty;
}

std::vector<std::string> Message::fields(std::string_view name) const {
  std::vector<std::string> bodies;
  for (const Field& candidate : scan().parts.front().fields) {
    if (!equals_ignoring_case(candidate.name, name)) continue;
    bodies.emplace_back(trim(unfold(field_body(bytes(), candidate))));
  }
  return bodies;
}

std::optional<std::string> Message::field(std::string_view name) const {
  std::vector<std::string> bodies = fields(name);
  if (bodies.size() != 1) return std::nullopt;
  return std::move(bodies.front());
}

bool Message::has_field(std::string_view name) const {
  const std::vector<Field>& own = scan().parts.front().fields;
  return std::any_of(own.begin(), own.end(), [&](const Field& f) { return equals_ignoring_case(f.name, name); });
}

std::optional<Mailbox> Message::author() const {
  const std::optional<std::string> from = field("From");
  return from ? parse_author(*from) : std::nullopt;
}

std::string Message::message_id() const {
  const std::string id = field("Message-ID").value_or("");
  const bool framed = id.size() > 2 && id.front() == '<' && id.back() == '>';
  const bool printable_inside = framed && std::all_of(id.begin() + 1, id.end() - 1, [](char c) {
                                  return c > ' ' && c <= '~' && c != '<' && c != '>';
                                });
  return printable_inside ? id : std::string();
}

std::string Message::subject() const {
  const std::vector<std::string> subjects = fields("Subject");
  if (subjects.empty()) return {};
  std::string subject = to_utf8(decode_words(subjects.front()), "utf-8");
  std::replace_if(
      subject.begin(), subject.end(), [](char c) { return (c >= 0 && c < ' ') || c == 127; }, ' ');
  subject = std::string(trim(subject));
  subject.resize(utf8_prefix(subject, kMaxSubjectOctets).size());
  return subject;
}

std::string_view Message::header() const {
  std::string_view header = bytes().substr(0, scan().parts.front().body_begin);
  for (const std::string_view empty_line : {std::string_view("\r\n"), std::string_view("\n")}) {
    if (!header.ends_with(empty_line)) continue;
    const std::string_view before = header.substr(0, header.size() - empty_line.size());
    if (before.empty() || before.ends_with('\n')) return before;
  }
  return header;
}

std::string_view Message::body() const { return bytes().substr(scan().parts.front().body_begin); }

std::optional<std::string> Message::first_text(std::size_t max_octets) const {
  std::string text;
  if (const auto plain = own_parts_of_type(bytes(), scan(), kPlain); !plain.empty()) {
    text = text_of(bytes(), *plain.front());
  } else if (const auto html = own_parts_of_type(bytes(), scan(), kHtml); !html.empty()) {
    text = html_as_text(text_of(bytes(), *html.front()));
  } else {
    return std::nullopt;
  }
  text = with_lf(text);
  text.resize(utf8_prefix(text, max_octets).size());
  return text;
}

std::optional<std::string> Message::written_text(std::size_t max_octets, const KeepsBreak& keeps_break) const {
  for (const std::string_view type : {kPlain, kHtml}) {
    for (const Part* part : own_parts_of_type(bytes(), scan(), type)) {
      std::string text = text_of(bytes(), *part);
      text =
          type == kHtml ? with_lf(html_as_text(std::move(text))) : unflowed(bytes(), *part, with_lf(text), keeps_break);
      if (trim(with_plain_blanks(text)).find_first_not_of('\n') == std::string_view::npos) continue;
      text.resize(utf8_prefix(text, max_octets).size());
      return text;
    }
  }
  return first_text(max_octets);
}

std::optional<std::string> Message::return_path() const {
  std::string_view rest = envelope_lines();
  while (const auto line = next_line(rest)) {
    if (!starts_with_ignoring_case(*line, kReturnPath)) continue;
    return std::string(trim(line->substr(kReturnPath.size())));
  }
  if (!envelope_lines().starts_with(kFromLine)) return std::nullopt;
  // "From ann@example.com Tue Nov 24 10:00:00 2026"
  const std::string_view behind = std::string_view(envelope_lines()).substr(kFromLine.size());
  const std::string_view path = behind.substr(0, behind.find_first_of(" \t\r\n"));
  return path.empty() ? std::nullopt : std::optional(std::string(path));
}

}  // namespace majlis::mail
