#include "mail/bounces/bounce.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_entry.h"
#include "mail/bounces/bounce_forms.h"
#include "mail/bounces/bounce_layouts.h"
#include "mail/bounces/bounce_marks.h"
#include "mail/bounces/bounce_parts.h"
#include "mail/bounces/bounce_phrases.h"
#include "mail/bounces/bounce_prose.h"
#include "mail/bounces/bounce_rejection.h"
#include "mail/bounces/bounce_status.h"
#include "mail/bounces/bounce_text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxTextOctets = 256 * 1024;
constexpr int kMaxWrappings = 2;
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

// What the report's text tells of an address: its entry, else all of it.
ReportedRecipient told_of(const ReportText& text, const Address& address) {
  for (std::size_t at = 0; at < text.returned_at; ++at) {
    const auto head = address_at_head(text.lines[at].text);
    if (head && head->address == address) return recipient_of_entry(text, at, address, Outcome::failure);
  }
  ReportedRecipient recipient{address, std::nullopt, Outcome::failure, "", 0, ""};
  complete_from(text, recipient);
  return recipient;
}

// Exim's field, which others write too: the addresses it had been given (comma-separated).
void read_failed_recipients(const Message& message, const ReportText& text, Report& report) {
  for (const std::string& body : message.fields("X-Failed-Recipients")) {
    for (const std::string_view piece : split_at(body, ',')) {
      if (const auto found = address_at_head(piece)) add_recipient(report, told_of(text, found->address));
    }
  }
}

// A report in the standard form whose status names nobody: whom the returned message was for, when that is one alone.
void read_returned_recipient(const Message& message, Report& report) {
  if (message.scan().parts.front().type != "multipart/report") return;
  const std::vector<Message> returned = enclosed_messages(message);
  if (returned.empty()) return;
  const std::vector<std::string> to = returned.front().fields("To");
  if (to.size() != 1 || to.front().find(',') != std::string::npos) return;
  if (auto found = address_inside(to.front())) {
    add_recipient(report, {std::move(found->address), std::nullopt, Outcome::failure, "", 0, ""});
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

// Whether the phrases of mail systems are to be believed. Absence notes come from the null sender too, and say "your
// message to a@b": there a refusal, the returned message, or at least a word of failure must stand beside them.
Trust trust_of(const Message& message, const ReportText& text, SentBy sender) {
  if (sender == SentBy::mail_system && !has_absence_subject(message)) return Trust::mail_system;
  if (sender == SentBy::person) return Trust::phrase;
  const bool is_evident = tells_refusal(text) || text.has_returned_header || !enclosed_messages(message).empty();
  const bool is_likely = !is_autoreply(message) && says_any(text, failure_words());
  return is_evident || is_likely ? Trust::mail_system : Trust::phrase;
}

void read_words(const Message& message, const ReportText& text, SentBy sender, Report& report) {
  const bool is_from_system = sender != SentBy::person;
  const std::optional<Mailbox> author = message.author();
  const ProseSource source{trust_of(message, text, sender), author ? author->address.domain() : ""};
  if (is_from_system && (has_delay_subject(message) || says_any(text, delay_phrases()))) {
    read_prose(text, Outcome::delay, source, report);
    report.kind = ReportKind::delay;
    return;
  }
  read_failed_recipients(message, text, report);
  if (report.recipients.empty()) read_prose(text, Outcome::failure, source, report);
  if (report.recipients.empty() && is_from_system && !has_absence_subject(message)) {
    read_forms(text, message, sender, report);
  }
  const bool says_failure = is_from_system && says_any(text, failure_words());
  if (report.recipients.empty() && says_failure) read_returned_recipient(message, report);
  report.kind = kind_of(report);
  if (report.kind == ReportKind::nothing && is_autoreply(message)) report.kind = ReportKind::autoreply;
  if (report.kind == ReportKind::nothing && says_failure && (sender == SentBy::mail_system || tells_refusal(text))) {
    report.kind = ReportKind::failure;
  }
}

Report read(const Message& message, const ReturnPath& envelope_sender, int wrappings);

// What a gateway passed on whole, as a message inside a letter of its own that names nobody.
Report read_wrapped(const Message& message, int wrappings) {
  for (const Message& inner : enclosed_messages(message)) {
    if (wrappings >= kMaxWrappings || sent_by(inner, ReturnPath::unreadable()) == SentBy::person) continue;
    Report report = read(inner, ReturnPath::unreadable(), wrappings + 1);
    if (!report.recipients.empty()) return report;
  }
  return {};
}

Report read(const Message& message, const ReturnPath& envelope_sender, int wrappings) {
  Report report;
  if (read_rejection(message, report)) return report;
  if (const std::optional<ReportKind> kind = kind_by_form(message)) {
    report.kind = *kind;
    return report;
  }
  const std::string raw_text = text_for_people(message);
  const ReportText text = read_report_text(raw_text);
  const SentBy sender = sent_by(message, envelope_sender);
  report.is_cut = text.is_cut;
  read_status_parts(message, report);
  if (report.recipients.empty() && (sender != SentBy::person || is_submitted_by_machine(message))) {
    Report wrapped = read_wrapped(message, wrappings);
    if (!wrapped.recipients.empty()) return wrapped;
  }
  report.is_structured = !report.recipients.empty();
  // Some write the machine's part into the people's part.
  if (report.recipients.empty() && sender != SentBy::person) read_status_groups(raw_text, report);
  if (report.recipients.empty()) {
    read_words(message, text, sender, report);
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

Report read_report(const Message& message, const ReturnPath& envelope_sender) {
  const std::optional<Message> copy = readable_copy(message);
  Report report = read(copy ? *copy : message, envelope_sender, 0);
  report.is_cut = report.is_cut || message.bytes().size() > kMaxReportOctets;
  return report;
}

}  // namespace majlis::mail
