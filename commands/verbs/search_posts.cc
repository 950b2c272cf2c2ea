#include <algorithm>
#include <array>

#include "base/text.h"
#include "commands/reading/search_words.h"
#include "commands/verbs/verbs.h"
#include "commands/verbs/visible.h"
#include "lists/effects/ceilings.h"
#include "lists/effects/letters.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/archive/search_index.h"

namespace majlis::commands {
namespace {

constexpr std::uint64_t kSearchesOfReply = 5;
constexpr std::size_t kNumberColumn = 6;
constexpr std::size_t kMaxShownOctets = 200;  // of an author, of a Subject

// A question costs more than the line that asks it, and a From field proves nothing.
Result<bool> may_search(Desk& desk, const lists::List& list) {
  if (desk.proof() == auth::Proof::list_password) return true;
  const std::array shares = {
      lists::Share{"searches-by:" + lists::mailbox_key(desk.requester()),
                   kSearchesOfReply * static_cast<std::uint64_t>(desk.work().site().config().replies_per_day)},
  };
  Result<std::optional<std::size_t>> used_up = lists::take_shares(desk.work(), shares);
  if (!used_up) return used_up.error();
  if (!*used_up) return true;
  lists::log_share_used(desk.work(), list, "search", "replies_per_day", desk.requester());
  return false;
}

void show_hits(Desk& desk, const lists::List& list, const lists::FoundPosts& found) {
  desk.say(Reply::search_head, {{"count", std::to_string(found.posts.size())}, {"list", list.name().name()}});
  desk.show("");
  for (const lists::FoundPost& post : found.posts) {
    const std::string number = std::to_string(post.number);
    const std::string indent(kNumberColumn - std::min(kNumberColumn, number.size()), ' ');
    desk.show(indent + number + "  " + post.day + "  " + printable_utf8(post.author, kMaxShownOctets));
    desk.show(std::string(kNumberColumn + 2, ' ') + printable_utf8(post.subject, kMaxShownOctets));
  }
  desk.show("");
  if (found.are_more) desk.say(Reply::search_more, {{"limit", std::to_string(kMaxHits)}});
  desk.say(Reply::search_foot, {{"getpost", desk.word_of(Verb::getpost)}, {"list", list.name().name()}});
}

// That everything can be found soon.
Status see_to_index(Desk& desk, const lists::List& list, const lists::ArchiveOrder& order, bool is_damaged) {
  if (order.incomplete.empty() || is_damaged) return lists::schedule_search_index(desk.work(), list, is_damaged);
  return lists::schedule_archive_index(desk.work(), list, order.incomplete);
}

Status say_not_now(Desk& desk, const lists::List& list, const lists::ArchiveOrder& order, const Error& why) {
  if (why.kind != ErrorKind::missing) {
    log(Severity::warning, LogLine("search").with("list", list.address()).with(why));
  }
  desk.say(Reply::archive_not_indexed, {{"list", list.name().name()}});
  return see_to_index(desk, list, order, why.kind == ErrorKind::damaged);
}

Status answer(Desk& desk, const Request& request, const lists::List& list, const Result<lists::FoundPosts>& found) {
  Result<lists::ArchiveOrder> order = lists::archive_order(desk.work().state(), list);
  if (!order) return order.error();
  if (order->posts == 0 && order->incomplete.empty()) {
    say_no_archive(desk, list);
    return {};
  }
  if (!found && found.error().kind == ErrorKind::refused) {
    desk.say(Reply::search_too_long, {{"command", request.word}});
    return {};
  }
  if (!found) return say_not_now(desk, list, *order, found.error());
  if (found->posts.empty()) {
    desk.say(Reply::search_none, {{"list", list.name().name()}});
  } else {
    show_hits(desk, list, *found);
  }
  if (found->is_whole) return {};
  desk.say(Reply::search_not_all, {{"list", list.name().name()}});
  return see_to_index(desk, list, *order, /*is_damaged=*/false);
}

}  // namespace

// search LIST WORDS...: posts of the archive that have all of them, for getpost.
Status search_posts(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  const std::optional<SoughtPosts> sought = read_search_words(target->rest);
  if (!sought) {
    desk.say(Reply::search_needed, {{"command", request.word}});
    return {};
  }
  if (sought->has_bad_date) {
    desk.say(Reply::search_no_date, {{"command", request.word}});
    return {};
  }
  Result<bool> allowed = may_see_or_refuse(desk, request, list, lists::Setting::get_access, Reply::posts_are_private);
  if (allowed && *allowed) {
    allowed = may_search(desk, list);
    if (allowed && !*allowed) desk.say(Reply::search_share_used, {{"command", request.word}});
  }
  if (!allowed || !*allowed) return allowed ? Status() : allowed.error();
  const Result<lists::FoundPosts>* found = desk.searches().find(list.address(), target->rest);
  if (found != nullptr) return answer(desk, request, list, *found);
  desk.say(Reply::search_too_many, {{"command", request.word}, {"limit", std::to_string(kMaxSearches)}});
  return {};
}

}  // namespace majlis::commands
