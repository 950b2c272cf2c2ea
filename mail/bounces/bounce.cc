#include "mail/bounces/bounce.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_codes.h"
#include "mail/bounces/bounce_guess.h"
#include "mail/bounces/bounce_layouts.h"
#include "mail/bounces/bounce_marks.h"
#include "mail/bounces/bounce_phrases.h"
#include "mail/bounces/bounce_prose.h"
#include "mail/bounces/bounce_status.h"
#include "mail/bounces/bounce_text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxTextOctets = 256 * 1024;
constexpr std::array<std::string_view, 2> kStatusTypes = {"message/delivery-status", "message/global-delivery-status"};

bool has_bare_cr(std::string_view text) {
  for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
    if (at + 1 >= text.size() || text[at + 1] != '\n') return true;
  }
  return false;
}

// A copy to read where the letter itself is too long, or has line ends or empty lines in front that hide its parts;
// nullopt when it will do.
std::optional<Message> readable_copy(const Message& message) {
  const std::string_view bytes = message.bytes();
  const std::size_t begin = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
  const bool is_long = bytes.size() > kMaxReportOctets;
  const bool is_odd = message.scan().has(Ambiguity::bare_cr_in_header) || has_bare_cr(message.header());
  if (!is_long && !is_odd && begin == 0) return std::nullopt;
  std::string copy(message.envelope_lines());
  copy += bytes.substr(begin, kMaxReportOctets);
  return Message::open(is_odd ? with_lf(copy) : std::move(copy));
}

std::string decoded_part(const Message& message, const Part& part) {
  const std::string_view body = message.bytes().substr(part.body_begin, part.body_end - part.body_begin);
  return with_lf(decode_transfer(body, part.encoding));
}

// True for a part that is the report's own, not one of a message it returns.
bool is_own_part(const Scan& scan, const Part& part) {
  for (int up = part.parent; up >= 0; up = scan.parts[static_cast<std::size_t>(up)].parent) {
    if (scan.parts[static_cast<std::size_t>(up)].type.starts_with("message/")) return false;
  }
  return true;
}

std::size_t read_status_parts(const Message& message, Report& report) {
  std::size_t nameless = 0;
  for (const Part& part : message.scan().parts) {
    if (std::find(kStatusTypes.begin(), kStatusTypes.end(), part.type) == kStatusTypes.end()) continue;
    if (is_own_part(message.scan(), part)) nameless += read_status_groups(decoded_part(message, part), report);
  }
  return nameless;
}

// The report's text for people; the body as it is when no part of it can be told from the rest.
std::string text_for_people(const Message& message) {
  if (std::optional<std::string> text = message.first_text(kMaxTextOctets)) return std::move(*text);
  return to_utf8(with_lf(message.body().substr(0, kMaxTextOctets)), message.scan().parts.front().charset);
}

// Exim's field, which others write too: the addresses it had been given (comma-separated).
void read_failed_recipients(const Message& message, std::string_view reason, Report& report) {
  for (const std::string& body : message.fields("X-Failed-Recipients")) {
    for (const std::string_view piece : split_at(body, ',')) {
      const std::optional<FoundAddress> found = address_at_head(piece);
      if (!found) continue;
      add_recipient(report, {found->address, std::nullopt, Outcome::failure, find_status(reason),
                             find_smtp_code(reason), one_reason(reason)});
    }
  }
}

// A report in the standard form whose status names nobody: whom the returned message was for, when that is one alone.
void read_returned_recipient(const Message& message, Report& report) {
  const Scan& scan = message.scan();
  if (scan.parts.front().type != "multipart/report") return;
  for (const Part& part : scan.parts) {
    const bool is_returned = part.type == "message/rfc822" || part.type == "text/rfc822-headers";
    if (!is_returned || !is_own_part(scan, part)) continue;
    const std::vector<std::string> to = Message::open(decoded_part(message, part)).fields("To");
    if (to.size() != 1 || to.front().find(',') != std::string::npos) return;
    if (auto found = address_inside(to.front())) {
      add_recipient(report, {std::move(found->address), std::nullopt, Outcome::failure, "", 0, ""});
    }
    return;
  }
}

ReportKind kind_of(const Report& report) {
  const auto any = [&](Outcome outcome) {
    return std::any_of(report.recipients.begin(), report.recipients.end(),
                       [&](const ReportedRecipient& recipient) { return recipient.outcome == outcome; });
  };
  if (any(Outcome::failure)) return ReportKind::failure;
  if (any(Outcome::delay)) return ReportKind::delay;
  return any(Outcome::success) ? ReportKind::success : ReportKind::nothing;
}

void read_words(const Message& message, const ReportText& text, std::string_view raw_text, Report& report) {
  const bool is_from_system = looks_sent_by_mail_system(message);
  const std::optional<Mailbox> author = message.author();
  const ProseSource source{is_from_system ? Trust::mail_system : Trust::phrase, author ? author->address.domain() : ""};
  if (is_from_system && (has_delay_subject(message) || says_any(text, delay_phrases()))) {
    read_prose(text, Outcome::delay, source, report);
    report.kind = ReportKind::delay;
    return;
  }
  read_failed_recipients(message, raw_text, report);
  if (report.recipients.empty()) {
    read_prose(text, Outcome::failure, source, report);
  }
  if (report.recipients.empty() && is_from_system && says_any(text, failure_words())) {
    read_lone_address(text, message, report);
  }
  if (report.recipients.empty() && is_from_system && says_any(text, failure_words())) {
    read_returned_recipient(message, report);
  }
  report.kind = kind_of(report);
  if (report.kind == ReportKind::nothing && is_autoreply(message)) report.kind = ReportKind::autoreply;
  if (report.kind == ReportKind::nothing && is_from_system && says_any(text, failure_words())) {
    report.kind = ReportKind::failure;
  }
}

Report read(const Message& message) {
  Report report;
  if (const std::optional<ReportKind> kind = kind_by_form(message)) {
    report.kind = *kind;
    return report;
  }
  const std::string raw_text = text_for_people(message);
  const ReportText text = read_report_text(raw_text);
  report.is_cut = text.is_cut;
  read_status_parts(message, report);
  report.is_structured = !report.recipients.empty();
  // Some write the machine's part into the people's part.
  if (report.recipients.empty() && looks_sent_by_mail_system(message)) read_status_groups(raw_text, report);
  if (report.recipients.empty()) {
    read_words(message, text, raw_text, report);
  } else {
    report.kind = kind_of(report);
  }
  if (report.kind == ReportKind::failure && says_any(text, challenge_phrases())) {
    report.kind = ReportKind::autoreply;
    report.recipients.clear();
  }
  return report;
}

}  // namespace

Report read_report(const Message& message) {
  const std::optional<Message> copy = readable_copy(message);
  Report report = read(copy ? *copy : message);
  report.is_cut = report.is_cut || message.bytes().size() > kMaxReportOctets;
  return report;
}

}  // namespace majlis::mail
