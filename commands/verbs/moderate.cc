#include "base/text.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/moderation_word.h"
#include "lists/pending/settle.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxLists = 10;  // where something of one id waits

void refuse(Desk& desk, const Request& request) { desk.say(Reply::decision_refused, {{"command", request.word}}); }

struct WaitingItem {
  const lists::List* list;
  std::string id;
};

// What the word is right for: of the default list, else of the list where something of that id waits.
Result<std::optional<WaitingItem>> find_item(Desk& desk, std::string_view word) {
  std::vector<std::string> names;
  if (desk.default_list()) {
    names.push_back(desk.default_list()->address());
  } else {
    const std::string id = to_lower_ascii(word.substr(0, word.find('.')));
    Result<std::vector<std::string>> holding = desk.work().state().lists_with_pending(id, kMaxLists);
    if (!holding) return holding.error();
    names = std::move(*holding);
  }
  for (const std::string& name : names) {
    Result<const lists::List*> list = desk.open_list(name);
    if (!list) return list.error();
    if (*list == nullptr) continue;
    std::optional<std::string> id = lists::check_moderation_word(desk.work().site(), **list, word, desk.work().now());
    if (id) return std::optional(WaitingItem{*list, std::move(*id)});
  }
  return std::optional<WaitingItem>();
}

Status settle(Desk& desk, const Request& request, lists::Settlement settlement) {
  if (request.arguments.empty()) {
    desk.say(Reply::decision_needs_token, {{"command", request.word}});
    return {};
  }
  const std::string& word = request.arguments.front();
  Result<std::optional<WaitingItem>> item = find_item(desk, word);
  if (!item) return item.error();
  if (!*item) {
    refuse(desk, request);
    return {};
  }
  std::string reason;
  for (std::size_t i = 1; i < request.arguments.size(); ++i) reason += (i > 1 ? " " : "") + request.arguments[i];
  if (reason.empty()) reason = trim(request.text.value_or(""));
  Status settled = lists::settle_pending(desk.work(), *(*item)->list, (*item)->id, settlement, reason);
  if (!settled && settled.error().kind == ErrorKind::refused) {
    refuse(desk, request);
    return {};
  }
  if (!settled) return settled;
  desk.note_right_token();
  desk.succeed();
  return {};
}

}  // namespace

Status accept(Desk& desk, const Request& request) { return settle(desk, request, lists::Settlement::approve); }
Status reject(Desk& desk, const Request& request) { return settle(desk, request, lists::Settlement::reject); }
Status discard(Desk& desk, const Request& request) { return settle(desk, request, lists::Settlement::discard); }

}  // namespace majlis::commands
