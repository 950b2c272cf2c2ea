#include <array>

#include "lists/posts/transforms/transforms.h"
#include "mail/authentication/believed_results.h"

namespace majlis::lists {
namespace {

// Trace of the last delivery, receipts that would reveal members, whom the author wrote to in secret, and the fields of
// other lists that members might click on (RFC 2369 section 4, RFC 2919 section 8, RFC 5064). Their marks against loops
// stay (X-BeenThere, Mailing-List, X-Mailing-List): without them two lists that take each other's posts never end.
constexpr std::array<std::string_view, 28> kRemoved = {
    "Return-Path",
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "Errors-To",
    "Approved",
    "Urgent",
    "Bcc",
    "Resent-Bcc",
    "Return-Receipt-To",
    "X-PMRQC",
    "X-Ack",
    "Disposition-Notification-To",
    "Precedence",
    "X-Confirm-Reading-To",
    "List-Id",
    "List-Help",
    "List-Post",
    "List-Subscribe",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "List-Owner",
    "List-Archive",
    "List-Digest",
    "Archived-At",
    "X-List-Administrivia",
    "Priority",
    "Return-Receipt-Requested",
};

}  // namespace

// What other hosts, or somebody in our own's name, say about where it comes from (RFC 8601 5): members' programs might
// believe it.
Result<Draft> cleanse(const PostContext& context, Draft draft) {
  const mail::BelievedResults results = mail::read_believed_results(draft.message(), context.site->config().authserv_id,
                                                                    mail::BelievedAbove::first_received);
  for (const mail::Field* field : results.foreign) draft.edit().remove(field->begin, field->end);
  for (const std::string_view name : kRemoved) draft.edit().remove_fields(name);
  if (context.list->config().is_on(Setting::purge_received)) draft.edit().remove_fields("Received");
  return draft;
}

}  // namespace majlis::lists
