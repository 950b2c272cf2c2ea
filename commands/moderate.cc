#include "base/text.h"
#include "commands/desk.h"
#include "lists/moderation.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxHeld = 1000;

void refuse(Desk& desk, const Request& request) {
  desk.complain(request.word + ": this token is not valid (any more): the post may have had its answer.");
}

// The list of a held post: the default list, else the one whose post has that id.
Result<const lists::List*> list_of(Desk& desk, std::string_view word) {
  if (desk.default_list()) return desk.open_list(*desk.default_list());
  const std::string id = to_lower_ascii(word.substr(0, word.find('.')));
  Result<std::vector<store::HeldPost>> posts = desk.work().state().held_posts("", kMaxHeld);
  if (!posts) return posts.error();
  for (const store::HeldPost& post : *posts) {
    if (post.id == id) return desk.open_list(post.list);
  }
  return nullptr;
}

Status settle(Desk& desk, const Request& request, lists::Settlement settlement) {
  if (request.arguments.empty()) {
    desk.complain(request.word + ": needs the token of a held post.");
    return {};
  }
  const std::string& word = request.arguments.front();
  Result<const lists::List*> list = list_of(desk, word);
  if (!list) return list.error();
  const auto id = *list == nullptr ? std::nullopt
                                   : lists::check_moderation_word(desk.work().site(), **list, word, desk.work().now());
  if (!id) {
    refuse(desk, request);
    return {};
  }
  std::string reason;
  for (std::size_t i = 1; i < request.arguments.size(); ++i) reason += (i > 1 ? " " : "") + request.arguments[i];
  if (reason.empty()) reason = trim(request.text.value_or(""));
  Status settled = lists::settle_held(desk.work(), **list, *id, settlement, reason);
  if (!settled && settled.error().kind == ErrorKind::refused) {
    refuse(desk, request);
    return {};
  }
  if (!settled) return settled;
  desk.note_right_token();
  desk.say("Succeeded.");
  return {};
}

}  // namespace

Status accept(Desk& desk, const Request& request) { return settle(desk, request, lists::Settlement::approve); }
Status reject(Desk& desk, const Request& request) { return settle(desk, request, lists::Settlement::reject); }
Status discard(Desk& desk, const Request& request) { return settle(desk, request, lists::Settlement::discard); }

}  // namespace majlis::commands
