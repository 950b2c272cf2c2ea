#pragma once

#include "lists/posts/digests/digest_queue.h"

namespace majlis::lists {

// What stands in the Subject and banner of an issue.
struct IssueNumber {
  std::uint64_t volume = 1;
  std::uint64_t issue = 1;
};
// The next one: counted on from the last, unless the settings were changed since.
IssueNumber next_number(const ListConfig& config, const store::PendingDigest& pending);
// To be remembered once it is used.
void note_number(const ListConfig& config, const IssueNumber& number, store::PendingDigest& pending);

// One issue in both of its forms, as texts: UTF-8, LF line ends.
struct IssueTexts {
  std::string title;  // "NAME V1 #2"
  std::string banner;
  std::string preamble;  // banner, then the fronter or the contents
  std::string trailer;   // "End of ...", then the footer
};
IssueTexts texts_of(const Site& site, const List& list, const IssueNumber& number,
                    const std::vector<std::string>& subjects, UnixTime now);

// Timed work: sends what waits as one issue, to whom it is for, in the form each of them wants; comes back at once when
// more waits than one issue takes. Every post is in exactly one issue. A damaged file goes to spool/bad, and the digest
// begins anew.
Status send_digest(Work& work, const List& list, const store::DueItem& item);

}  // namespace majlis::lists
