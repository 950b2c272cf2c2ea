#pragma once

#include "mail/edit.h"
#include "mail/message.h"

namespace majlis::mail {

// The parameter `type` of multipart/related names the type of its root, which `start` may name (RFC 2387 3). Makes them
// true of `message` again where something became of the roots of `before`, as which the message came; what was wrong in
// that already stays as it is. Nothing is changed of a message that is_ambiguous().
void mend_related_types(const Message& message, const Message& before, Edit& edit);

// Whether there is anything to look at: a quick question.
bool has_related(const Message& message);

}  // namespace majlis::mail
