#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lists/effects/pending.h"
#include "lists/members/join_as.h"
#include "lists/members/membership.h"
#include "lists/site/texts.h"
#include "mail/address.h"
#include "tongues/dialect.h"

namespace majlis::lists {

// Somebody's wish to join, or to leave, that the owner decides about: a pending item of the kind "join" or "leave".
struct MembershipRequest {
  enum class Confirmed { no, yes };  // by the address concerned
  MembershipChange change;
  mail::Mailbox who;  // the address concerned, as it would be remembered
  Confirmed confirmed = Confirmed::no;
  JoinAs as = {};
  std::optional<store::Consent> agreed = {};  // how it confirmed that it would join
};

constexpr std::string_view kApprovalText = "approval_request";  // asks for a decision about it

std::string_view kind_of(MembershipChange change);
std::string_view rule_of(MembershipChange change);  // why it waits: the setting that says so

// The item's details.
std::string details_of(const MembershipRequest& request);
Result<MembershipRequest> read_request(const store::PendingItem& item);

// What a letter about it may say: list, verb, address, requester, server, held, expires.
TextValues values_of(const List& list, const store::PendingItem& item, const MembershipRequest& request);
// And how it is decided about, for those who may: decide_values() in `dialect`.
TextValues decide_values_of(const Work& work, const List& list, const store::PendingItem& item,
                            const tongues::Dialect& dialect);

// The Subject of the letter that asks for a decision about it.
std::string subject_of_request(const Work& work, const List& list, const store::PendingItem& item);

// As it stands in the daily reminder, with the lines that decide.
std::string summary_of_request(const Work& work, const List& list, const store::PendingItem& item);

Result<PendingDescription> describe_request(const store::PendingItem& item);

}  // namespace majlis::lists
