#include <array>

#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {
namespace {

// Trace of the last delivery, receipts that would reveal members, and every field that only a list may write: a foreign
// one would lead members astray (RFC 2369 section 4, RFC 2919 section 8, RFC 5064).
constexpr std::array<std::string_view, 28> kRemoved = {
    "Return-Path",
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "Errors-To",
    "Approved",
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
    "X-BeenThere",
    "X-Mailing-List",
    "Mailing-List",
    "X-List-Administrivia",
    "Priority",
    "Return-Receipt-Requested",
};

}  // namespace

Result<Draft> cleanse(const PostContext& context, Draft draft) {
  for (const std::string_view name : kRemoved) draft.edit().remove_fields(name);
  if (context.list->config().is_on(Setting::purge_received)) draft.edit().remove_fields("Received");
  return draft;
}

}  // namespace majlis::lists
