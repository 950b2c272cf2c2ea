#include "lists/posts/held/author_challenge.h"

#include <algorithm>

#include "lists/effects/ceilings.h"
#include "lists/effects/pending.h"
#include "lists/posts/held/held_post.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kHour = 3600;
constexpr std::size_t kMaxPosts = 1'000;  // of one author that wait

// By the address, by the list, and of these by one network.
Result<bool> take_share(Work& work, const List& list, const PostFacts& facts) {
  const mail::Address& author = facts.author->address;
  const auto of_list = static_cast<std::uint64_t>(list.config().integer(Setting::challenges_per_day));
  std::vector<Share> shares = {
      {"challenge-post-to:" + mailbox_key(author), static_cast<std::uint64_t>(work.site().config().challenges_per_day)},
      {"challenge-post-by:" + list.address(), of_list}};
  if (!facts.network.empty()) {
    shares.push_back({"challenge-post-of:" + list.address() + ":" + facts.network, (of_list + 1) / 2});
  }
  Result<std::optional<std::size_t>> used_up = take_shares(work, shares);
  if (!used_up) return used_up.error();
  if (!*used_up) return true;
  const std::size_t which = **used_up;
  if (which == 0) {
    log_share_used(work, list, "challenge", "challenges_per_day", author);
    return false;
  }
  const std::string source = which == 2 ? facts.network : "";
  Status told = tell_of_ceiling(work, &list, {Ceiling::post_challenges, shares[which].limit, source});
  return told ? Result<bool>(false) : told.error();
}

Result<bool> has_open_letter(Work& work, const List& list, const mail::Address& author) {
  Result<std::optional<UnixTime>> open =
      work.state().seen_until(list.address(), challenge_key(confirm_post_action(), author));
  return open ? Result<bool>(open->value_or(0) > work.now()) : open.error();
}

}  // namespace

bool waits_for_author(const store::PendingItem& item) {
  if (item.kind != kPendingPost) return false;
  const Result<HeldPost> post = read_held_post(item);
  return post && waits_for_author(post->reasons);
}

Result<bool> is_asked(Work& work, const List& list, const mail::Address& author) {
  Result<bool> open = has_open_letter(work, list, author);
  if (!open || *open) return open;
  auto waiting = work.state().pending_about(list.address(), kPendingPost, author.canonical(), kMaxPosts);
  if (!waiting) return waiting.error();
  return std::any_of(waiting->begin(), waiting->end(),
                     [](const store::PendingItem& item) { return waits_for_author(item); });
}

Result<bool> ask_author(Work& work, const List& list, const PostFacts& facts) {
  const mail::Address& author = facts.author->address;
  Result<bool> open = has_open_letter(work, list, author);
  if (!open || *open) return open;
  Result<bool> allowed = take_share(work, list, facts);
  if (!allowed || !*allowed) return allowed;
  const UnixTime expires = work.now() + list.config().integer(Setting::token_hours) * kHour;
  Result<TokenLetter> letter =
      write_token_letter(work, list, confirm_post_action(), author, answer_place_of(list), expires);
  if (!letter) return letter.error();
  Status marked =
      work.state().mark_seen(list.address(), challenge_key(confirm_post_action(), author), letter->token.expires);
  if (!marked) return marked.error();
  send_letter(work, list, letter->letter);
  return true;
}

}  // namespace majlis::lists
