#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "commands/desk/desk.h"

namespace majlis::commands {

// Mails one file of a list to the requester, in a message of its own.
void send_file(Desk& desk, const lists::List& list, const std::string& name, std::string bytes);

// What one letter may carry of files or posts.
std::uint64_t max_file_octets(Desk& desk);
// Whether so many octets may be mailed to the requester now; takes them off the shares of the day then. A file is
// larger than the line that asks for it, and a From field proves nothing. nullopt: they may.
Result<std::optional<Reply>> why_not_sent(Desk& desk, const lists::List& list, std::uint64_t octets);

}  // namespace majlis::commands
