// Any bytes can be read as a report: within the ceilings, each address once and well formed, the kind in step with the
// recipients.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "mail/bounces/bounce.h"
#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_codes.h"

namespace {

using majlis::mail::Address;
using majlis::mail::Outcome;
using majlis::mail::Report;
using majlis::mail::ReportedRecipient;
using majlis::mail::ReportKind;

void demand(bool holds) {
  if (!holds) std::abort();
}

void check_recipient(const ReportedRecipient& recipient) {
  demand(Address::parse(recipient.address.text()) == recipient.address);
  demand(!recipient.original || Address::parse(recipient.original->text()) == *recipient.original);
  demand(recipient.status.empty() || recipient.status == majlis::mail::find_status(recipient.status));
  demand(recipient.smtp_code == 0 || (recipient.smtp_code >= 200 && recipient.smtp_code <= 599));
}

void check(const Report& report) {
  demand(report.recipients.size() <= majlis::mail::kMaxReportedRecipients);
  std::set<std::string> seen;
  bool has_failure = false;
  for (const ReportedRecipient& recipient : report.recipients) {
    check_recipient(recipient);
    demand(seen.insert(recipient.address.canonical()).second);
    has_failure = has_failure || recipient.outcome == Outcome::failure;
  }
  demand(!has_failure || report.kind == ReportKind::failure);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  check(majlis::mail::read_report(majlis::mail::Message::open(bytes)));
  if (const auto found = majlis::mail::address_at_head(bytes)) demand(found->end <= bytes.size());
  if (const auto found = majlis::mail::address_inside(bytes)) demand(found->end <= bytes.size());
  (void)majlis::mail::parse_typed_address(bytes);
  (void)majlis::mail::find_smtp_code(bytes);
  return 0;
}
