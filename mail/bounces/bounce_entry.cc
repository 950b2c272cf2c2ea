#include "mail/bounces/bounce_entry.h"

#include <algorithm>

#include "base/text.h"
#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_codes.h"
#include "mail/bounces/bounce_phrases.h"
#include "mail/bounces/bounce_status.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxReasonLines = 12;

// The lines that tell why: up to an empty one, or to the next entry.
std::string reason_at(const ReportText& text, std::size_t at) {
  const TextLine& entry = text.lines[at];
  std::string reason = entry.text;
  const std::size_t end = std::min(at + kMaxReasonLines, text.returned_at);
  for (std::size_t next = at + 1; next < end; ++next) {
    const TextLine& line = text.lines[next];
    if (line.text.empty() && next > at + 1) break;
    if (line.indent <= entry.indent && address_at_head(line.text)) break;
    reason += ' ' + line.text;
  }
  return reason;
}

// The address that was asked for, where an entry tells what it was made of: "(expanded from: <a@b>)".
std::optional<Address> original_in(std::string_view reason) {
  for (const std::string_view phrase : origin_phrases()) {
    const std::size_t at = find_ignoring_case(reason, phrase);
    if (at == std::string_view::npos) continue;
    if (auto found = address_at_head(reason.substr(at + phrase.size()))) return std::move(found->address);
  }
  return std::nullopt;
}

}  // namespace

ReportedRecipient recipient_of_entry(const ReportText& text, std::size_t at, const Address& address, Outcome outcome) {
  const std::string reason = reason_at(text, at);
  std::optional<Address> original = original_in(reason);
  if (original && *original == address) original.reset();
  return {address, std::move(original), outcome, find_status(reason), find_smtp_code(reason), one_reason(reason)};
}

void complete_from(const ReportText& text, ReportedRecipient& recipient) {
  if (!recipient.status.empty() || recipient.smtp_code != 0) return;
  std::string whole;
  for (std::size_t at = 0; at < text.returned_at; ++at) {
    if (!text.lines[at].is_quoted) whole += text.lines[at].text + '\n';
  }
  recipient.status = find_status(whole);
  recipient.smtp_code = find_smtp_code(whole);
  recipient.reason = one_reason(whole);
}

}  // namespace majlis::mail
