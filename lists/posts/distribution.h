#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/effects/work.h"
#include "lists/posts/content/content_findings.h"
#include "lists/posts/digests/digest_queue.h"
#include "mail/message.h"
#include "spool/job/points.h"

namespace majlis::lists {

// Everything that goes out of one post that may pass: what the transforms make of it. It needs no state, so it is made
// before the site's lock is taken; copies that are made under it are logged.
struct Copies {
  std::string message_id;
  std::string envelope_sender;                 // as the archive names it
  std::string for_all;                         // the members' copy, the archive's, the digests'
  std::optional<spool::PointedText> personal;  // the members', where each has something of its own
  std::vector<DigestCopy> digests;
  std::optional<mail::Address> author;
  // Its place in a thread, where that is kept (lists/effects/threads.h).
  std::vector<std::string> thread_ids = {};
  std::vector<std::string> answered = {};
};
// An Error: a transform failed, or (again) the disk. `content`: what policy takes out of it; nullptr: it goes out as it
// came, as one that a moderator has approved.
Result<Copies> make_copies(const Site& site, const List& list, const mail::Message& post,
                           std::string_view envelope_sender, const ContentFindings* content = nullptr);

// Sends them to everybody who is a member now: archive, digests, one job.
Status distribute(Work& work, const List& list, Copies copies);

// Whether as many posts were distributed in the last 60 minutes as flood_per_hour allows; never without that setting.
Result<bool> is_flooded(Work& work, const List& list);

}  // namespace majlis::lists
