#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/effects/copy_facts.h"
#include "lists/effects/copy_wishes.h"
#include "lists/posts/content/content_changes.h"
#include "lists/posts/content/content_findings.h"
#include "lists/posts/digests/digest_queue.h"
#include "mail/message.h"
#include "spool/job/points.h"

namespace majlis::lists {

// The copy of members with a header of their own choice.
struct StyledCopy {
  std::uint32_t style = 0;  // store::MemberFlag
  std::string text;
  std::vector<spool::Point> points = {};  // of `text`, where each member's has something of its own
};

// Everything that goes out of one post that may pass: what the transforms make of it. It needs no state, so it is made
// before the site's lock is taken; copies that are made under it are logged.
struct Copies {
  std::string message_id;
  std::string envelope_sender;                 // as the archive names it
  std::string for_all;                         // the archive's copy, the digests', the members'
  std::optional<std::string> for_members;      // theirs, where the author's domain asks for another
  std::optional<spool::PointedText> personal;  // theirs, where each has something of its own
  std::vector<StyledCopy> styled = {};
  std::string topics = {};  // topics_of_post()
  std::vector<DigestCopy> digests;
  ContentChanges changes = {};       // that policy made
  PostPeople people;                 // whose wishes count for this one post
  bool is_against_policy = false;    // with dmarc = reject: the list sends no such post unless somebody answers for it
  std::optional<AskedPolicy> asked;  // to be remembered
  bool is_urgent = false;            // it goes at once to members with digests, and to those who chose nomail
  // Its place in a thread, where that is kept (lists/effects/threads.h).
  std::vector<std::string> thread_ids = {};
  std::vector<std::string> answered = {};
};

// What is known of a post beside what it says.
struct PostBackground {
  const ContentFindings* content = nullptr;  // what policy takes out of it; nullptr: it goes out as it came, as one
                                             // that a moderator has approved
  const mail::Message* original = nullptr;   // as it came, where that is another message
};
// An Error: a transform failed, or (again) the disk, the store. Policies are asked for where the list changes the post.
Result<Copies> make_copies(const Site& site, const List& list, const mail::Message& post,
                           std::string_view envelope_sender, const CopyFacts& facts,
                           const PostBackground& background = {});

}  // namespace majlis::lists
