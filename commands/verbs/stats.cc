#include "commands/verbs/verbs.h"
#include "commands/verbs/visible.h"
#include "lists/posts/archive/archive_file.h"
#include "lists/posts/archive/index_head.h"

namespace majlis::commands {
namespace {

// As far as the archive's index knows, which lags some minutes behind.
std::optional<std::uint64_t> posts_of_month(const lists::List& list, UnixTime now) {
  if (!list.config().is_on(lists::Setting::archive)) return std::nullopt;
  const auto head = lists::read_index_head(lists::archive_file(list, year_month(now), lists::kArchiveIndexEnding));
  return head ? head->posts : 0;
}

}  // namespace

// stats [LIST]: for whoever may see its members. Everything is a number that is kept.
Status stats(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  Result<bool> allowed = may_see_or_refuse(desk, request, list, lists::Setting::who_access, Reply::who_is_private);
  if (!allowed || !*allowed) return allowed ? Status() : allowed.error();
  Result<std::uint64_t> members = desk.work().state().count_members(list.address());
  if (!members) return members.error();
  Result<std::uint64_t> digests = desk.work().state().count_digest_members(list.address());
  if (!digests) return digests.error();
  desk.say(Reply::stats_head, {{"list", list.name().name()}});
  desk.show("");
  desk.say(Reply::stats_members, {{"count", std::to_string(*members)}});
  desk.say(Reply::stats_digests, {{"count", std::to_string(*digests)}});
  const UnixTime now = desk.work().now();
  if (const auto posts = posts_of_month(list, now)) {
    desk.say(Reply::stats_posts, {{"count", std::to_string(*posts)}, {"month", year_month(now)}});
  }
  return {};
}

}  // namespace majlis::commands
