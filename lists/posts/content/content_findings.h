#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "lists/posts/content/attachment_policy.h"
#include "lists/site/reasons.h"
#include "mail/message.h"

namespace majlis::lists {

// Something in a message that is not permitted: a part, or a block in a part's text.
struct ContentFinding {
  struct Block {
    std::size_t begin = 0;  // offsets into the part's text, transfer encoding undone
    std::size_t end = 0;
  };
  std::size_t part = 0;  // index into Scan::parts
  std::optional<Block> block;
  Reason why;  // its ${file} is "NAME (TYPE, N octets)", N the decoded size
};

struct ContentFindings {
  bool is_in_force = false;  // a policy asks for something
  std::vector<ContentFinding> found;
  bool is_closed = false;   // one of them is in something signed or encrypted: it cannot be taken out
  bool is_unclear = false;  // readers decode a part differently, so nobody knows what they find
};

// Judges every part of a message that is no body of it (plain or HTML text without a name) and no signature; messages
// inside by what is in them. Pure; costs one decoding of each part, and archives within the ceilings of
// mail/content/inspection.h. At most one finding a part, and mail::kMaxTextBlocks in a text.
ContentFindings examine_attachments(const AttachmentPolicy& policy, const mail::Message& message);

}  // namespace majlis::lists
