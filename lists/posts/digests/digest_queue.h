#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/effects/work.h"
#include "lists/posts/transforms/transforms.h"
#include "lists/site/list.h"
#include "mail/message.h"

// What waits for digests. A list makes digests for its own members who asked for them, and a list NAME-digest with
// digest_of = NAME makes them of NAME's posts for all of its members. Posts wait in the file digest/pending of the list
// that makes the digest; the store says which part of it counts (store::PendingDigest).
namespace majlis::lists {

constexpr std::string_view kDigest = "digest";  // one due item a list, while something waits

struct DigestList {
  List list;
  std::optional<Error> problem;  // why its settings cannot be read; `list` has the defaults then
};
// The list NAME-digest of `list`, when there is one that says so. One whose settings cannot be read is taken for it
// unless they name another: its posts wait until it is mended, and stop nobody else's. `again` only.
Result<std::optional<DigestList>> digest_list_of(const Site& site, const ListName& list);
// The list whose digests `list` makes by digest_of, when the names agree; it may be gone. nullopt: its own posts.
std::optional<ListName> parent_name_of(const List& list);
// The same, opened; nullopt also when it is gone.
Result<std::optional<List>> parent_of(const Site& site, const List& list);

// A post as it stands in a digest it may belong to.
struct DigestCopy {
  List digest;
  std::optional<Error> problem;     // as in DigestList
  std::optional<std::string> text;  // nullopt: as the members get it
  std::string head;                 // of its entry
  std::uint64_t lines = 0;
};
// One for the list's own digests and one for its list of digests; `for_all` is what the members get. `again` only, or
// what a transform says.
Result<std::vector<DigestCopy>> make_digest_copies(const Site& site, const PostContext& context, const Draft& post,
                                                   std::string_view for_all);
// Puts the post into those digests that somebody reads, and schedules them: at once when they are large enough.
Status add_to_digests(Work& work, const List& list, const std::vector<DigestCopy>& copies, std::string_view for_all);

enum class Ask { is_due, nothing_waits, makes_none };
// Asks for the digest of what waits, at the next run.
Result<Ask> ask_for_digest(Work& work, const List& list);

// The posts of the next issue: from the beginning of what waits, at most `max_octets` of them together (a post that is
// larger comes alone) and `max_posts`. `left` is what remains to be said to the store once they are sent. damaged when
// the file does not hold what the store says.
struct IssueContent {
  std::vector<std::string> posts;
  store::PendingDigest left;
};
Result<IssueContent> next_issue_of(const List& list, const store::PendingDigest& pending, std::size_t max_octets,
                                   std::size_t max_posts);

// What stands in front of a post in the file digest/pending.
std::string pending_head(std::string_view post, std::uint64_t lines);

std::string pending_file(const List& list);  // absolute

}  // namespace majlis::lists
