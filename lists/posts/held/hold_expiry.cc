#include "lists/posts/held/hold_expiry.h"

#include <algorithm>
#include <tuple>

#include "lists/effects/letters.h"
#include "lists/posts/held/hold_schedule.h"
#include "lists/posts/held/moderation.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kMaxCounted = 1000;
constexpr std::size_t kMaxShown = 50;
std::string shown(const Work& work, const List& list, const store::HeldPost& post) {
  return render_text(work.site(), list.config().text(Setting::language), "part_held_post",
                     {{"author", post.sender.empty() ? "?" : post.sender},
                      {"subject", post.subject},
                      {"size", std::to_string(post.size_octets)},
                      {"reason", post.reason},
                      {"held", iso8601(post.held).substr(0, 10)},
                      {"expires", iso8601(post.expires).substr(0, 10)},
                      {"token", moderation_word(work.site(), post)}})
      .body;
}

}  // namespace

Status expire_hold(Work& work, const List& list, const store::DueItem& item) {
  Status settled = settle_held(work, list, item.id, Settlement::expire, "");
  // Somebody decided, and the item was left: nothing to do.
  return !settled && settled.error().kind == ErrorKind::refused ? Status() : settled;
}

Status remind_of_holds(Work& work, const List& list, const store::DueItem& item) {
  Result<std::vector<store::HeldPost>> posts = work.state().held_posts(list.address(), kMaxCounted);
  if (!posts) return posts.error();
  if (posts->empty()) return {};
  std::sort(posts->begin(), posts->end(), [](const store::HeldPost& left, const store::HeldPost& right) {
    return std::tie(left.held, left.id) < std::tie(right.held, right.id);
  });
  std::string blocks;
  const std::size_t shown_count = std::min(posts->size(), kMaxShown);
  for (std::size_t i = 0; i < shown_count; ++i) blocks += shown(work, list, (*posts)[i]);
  Correspondence letter;
  letter.text_name = "hold_summary";
  letter.values = {{"count", std::to_string(posts->size())},
                   {"shown", std::to_string(shown_count)},
                   {"posts", blocks},
                   {"server", list.role_address("request")}};
  letter.to = list.moderators();
  letter.reply_to = list.role_address("request");
  send_letter(work, list, letter);
  work.log_when_done(
      LogLine("held").with("list", list.address()).with("waiting", static_cast<std::int64_t>(posts->size())));
  return schedule_hold_summary(work.state(), item.list, work.now());
}

}  // namespace majlis::lists
