#include "lists/posts/distribution/post_counts.h"

#include "lists/effects/letters.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kHour = 3600;
constexpr UnixTime kDay = 24 * kHour;

// What is counted against a setting that may limit it, 0 = it does not.
struct Brake {
  Setting limit;
  std::string key;
  UnixTime window_s;
};
Brake of_hour(const List& list) { return {Setting::flood_per_hour, "posts-of-hour:" + list.address(), kHour}; }
Brake of_day(const List& list) { return {Setting::flood_per_day, "posts-of-day:" + list.address(), kDay}; }
Brake of_author(const List& list, const mail::Address& author) {
  return {Setting::author_posts_per_day, "posts-of-author:" + list.address() + ":" + mailbox_key(author), kDay};
}

Result<bool> is_reached(Work& work, const List& list, const Brake& brake) {
  const auto limit = static_cast<std::uint64_t>(list.config().integer(brake.limit));
  if (limit == 0) return false;
  Result<std::uint64_t> count = work.state().counted(brake.key, work.now(), brake.window_s);
  return count ? Result<bool>(*count >= limit) : count.error();
}

Status count_for(Work& work, const List& list, const Brake& brake) {
  if (list.config().integer(brake.limit) == 0) return {};
  return work.state().count(brake.key, work.now(), brake.window_s);
}

}  // namespace

Status count_post(Work& work, const List& list, const std::optional<mail::Address>& author) {
  Status counted = count_for(work, list, of_hour(list));
  if (counted) counted = count_for(work, list, of_day(list));
  return counted && author ? count_for(work, list, of_author(list, *author)) : counted;
}

Result<bool> is_flooded(Work& work, const List& list) { return is_reached(work, list, of_hour(list)); }

Result<bool> is_flooded_today(Work& work, const List& list) { return is_reached(work, list, of_day(list)); }

Result<bool> is_flooded_by(Work& work, const List& list, const mail::Address& author) {
  return is_reached(work, list, of_author(list, author));
}

}  // namespace majlis::lists
