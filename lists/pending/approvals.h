#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lists/posts/held/moderation.h"

namespace majlis::lists {

constexpr std::size_t kMaxApprovals = 50;                  // words of one message, and posts
constexpr std::uint64_t kMaxApprovalOctets = 200'000'000;  // of their members' copies; the last may go beyond

// What goes out of posts that wait once they are approved, made before the store is opened for writing: it is slow, and
// everybody else would wait. What is not here settle_pending() makes itself, under the lock: it began to wait only
// then, or is beyond the ceilings. Where posts are scanned, those beyond the ceilings are not: obstacle() says so.
class Approvals {
 public:
  // What these moderation words approve, sent to a list or, without one, to the site's own address. Words that are
  // right for nothing approve nothing. The store is read only where no list says where to look, and closed before
  // anything is made.
  static Result<Approvals> by_words(const Site& site, const std::optional<ListName>& list,
                                    const std::vector<std::string>& words, UnixTime now);
  // What waits under an id, of one list ("" = of whichever); errors as find_pending_under().
  static Result<Approvals> of_item(const Site& site, std::string_view list, std::string_view id, UnixTime now);

  // Adds what goes out of posts whose author confirms them with this token, sent to the list.
  Status add_confirmed(const Site& site, const ListName& list, const mail::Address& author, std::string_view token,
                       UnixTime now);

  // Why this may not be approved now: infected or not_scanned.
  std::optional<Reason> obstacle(const List& list, std::string_view id) const;
  // nullopt: it was not made. What was taken is not here any more.
  std::optional<Copies> take(const List& list, std::string_view id);

 private:
  using MakeRelease = std::function<Result<std::optional<Release>>(std::string_view id)>;
  Status prepare(const Site& site, const List& list, std::string_view id, const MakeRelease& make);

  using Key = std::pair<std::string, std::string>;  // list, id
  std::map<Key, Copies> made_;
  std::map<Key, Reason> obstacles_;
  std::uint64_t octets_ = 0;
};

}  // namespace majlis::lists
