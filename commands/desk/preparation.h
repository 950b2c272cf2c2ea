#pragma once

#include <string_view>
#include <vector>

#include "commands/desk/list_lookup.h"
#include "commands/desk/passwords.h"
#include "commands/desk/searches.h"
#include "lists/pending/approvals.h"
#include "mail/authentication/author_check.h"
#include "mail/message.h"
#include "tongues/request.h"

namespace majlis::commands {

// What the commands of one message need that is slow and changes nothing, made before their work begins: passwords that
// are checked or hashed, what goes out of the posts that they accept or confirm, and what they look for in archives.
struct Preparation {
  Passwords passwords;
  lists::Approvals approvals;
  Searches searches = {};
  mail::AuthenticatedBy authenticated_by = mail::AuthenticatedBy::nothing;  // where it may matter
};

// Where nothing that a list trusts authenticated mail with is asked for, it is not looked at.
enum class Authenticate { where_it_may_matter, always };

// `requests`: of the message, whose author asks. Error: memory, disk, or a list that cannot be opened.
Result<Preparation> prepare(const lists::Site& site, const ListLookup& lookup,
                            const std::vector<tongues::Request>& requests, const mail::Message& message, UnixTime now,
                            Authenticate authenticates = Authenticate::where_it_may_matter);

}  // namespace majlis::commands
