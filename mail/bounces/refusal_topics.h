#pragma once

#include "mail/bounces/refusal_words.h"

// What a refusal speaks of, by nouns and what is said of them rather than by whole sentences: no two systems write the
// same ones.
namespace majlis::mail {

// Of the one who sends: its address, name server entries, greeting, network, standing. Whose mailbox it was for is then
// not what was wrong.
bool speaks_of_sender(const RefusalWords& refusal);

// Of how much or how fast mail comes.
bool speaks_of_rate(const RefusalWords& refusal);

// Of name servers, and neither of the recipient nor of a route.
bool speaks_of_name_servers(const RefusalWords& refusal);

// That there is no such mailbox, or that it was closed.
bool says_mailbox_is_gone(const RefusalWords& refusal);

}  // namespace majlis::mail
