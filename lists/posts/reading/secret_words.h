#pragma once

#include <string>
#include <vector>

#include "mail/message.h"

namespace majlis::lists {

// Words of a post that may be the list's password, to be compared with its hashes: what stands behind "Approved:" on
// any line of any text or in the Subject (quoted, in bold, with '=' for ':'), and the words behind a verb of owners'
// commands (approve, config ..., also cut short), on its line and the next. Each once, at most kMaxSecretWords; words
// that no password could be are left out. Pure; any octets.
constexpr std::size_t kMaxSecretWords = 4;
std::vector<std::string> words_that_may_be_secret(const mail::Message& message);

}  // namespace majlis::lists
