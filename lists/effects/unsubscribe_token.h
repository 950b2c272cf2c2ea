#pragma once

#include <string>
#include <string_view>

#include "lists/site/site.h"
#include "mail/address.h"
#include "store/records.h"

namespace majlis::lists {

// A member's own List-Unsubscribe opens a mail to LIST-unsubscribe with the Subject "unsubscribe ADDRESS TOKEN".
constexpr std::string_view kUnsubscribeSubject = "unsubscribe";

// Its token: whoever mails it takes that member off that list. Good for nothing
// else, and as long as the membership lasts: who joins again has another.
std::string unsubscribe_token(const Site& site, std::string_view list, const mail::Address& member,
                              store::ChangeNumber joined_at);

// Whether `token` is this member's.
bool may_unsubscribe(const Site& site, std::string_view list, const store::Member& member, std::string_view token);

}  // namespace majlis::lists
