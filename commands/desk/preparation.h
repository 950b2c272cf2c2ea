#pragma once

#include <string_view>
#include <vector>

#include "commands/desk/list_lookup.h"
#include "commands/desk/passwords.h"
#include "lists/pending/approvals.h"
#include "tongues/request.h"

namespace majlis::commands {

// What the commands of one message need that is slow and changes nothing, made before their work begins: passwords that
// are checked or hashed, and what goes out of the posts that they accept.
struct Preparation {
  Passwords passwords;
  lists::Approvals approvals;
};

// `requester`: canonical address. Error: memory, disk, or a list that cannot be opened.
Result<Preparation> prepare(const lists::Site& site, const ListLookup& lookup,
                            const std::vector<tongues::Request>& requests, std::string_view requester, UnixTime now);

}  // namespace majlis::commands
