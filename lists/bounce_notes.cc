#include "lists/bounce_notes.h"

#include <optional>

namespace majlis::lists {
namespace {

// The member that a report is about: mail to a member may have been sent on from there.
Result<std::optional<mail::Address>> member_in(Work& work, const std::string& list,
                                               const mail::ReportedRecipient& recipient) {
  for (const auto& address : {std::optional(recipient.address), recipient.original}) {
    if (!address) continue;
    Result<std::optional<store::Member>> member = work.state().find_member(list, *address);
    if (!member) return member.error();
    if (*member) return std::optional<mail::Address>(*address);
  }
  return std::optional<mail::Address>();
}

std::string status_of(const mail::ReportedRecipient& recipient) {
  if (!recipient.status.empty()) return recipient.status;
  return recipient.smtp_code == 0 ? "" : std::to_string(recipient.smtp_code);
}

}  // namespace

Status note_failures(Work& work, const std::string& list, const mail::Report& report) {
  for (const mail::ReportedRecipient& recipient : report.recipients) {
    if (recipient.outcome != mail::Outcome::failure) continue;
    Result<std::optional<mail::Address>> member = member_in(work, list, recipient);
    if (!member) return member.error();
    if (!*member) continue;
    const std::string address = (*member)->canonical();
    const std::string status = status_of(recipient);
    work.note(address, "list=" + list + " bounce=failure" + (status.empty() ? "" : " status=" + status));
    work.log_when_done(LogLine("bounce").with("list", list).with("to", address).with("status", status));
  }
  return {};
}

}  // namespace majlis::lists
