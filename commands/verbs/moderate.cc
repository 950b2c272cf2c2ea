#include "base/text.h"
#include "commands/verbs/verbs.h"
#include "lists/pending/settle.h"
#include "lists/pending/waiting.h"

namespace majlis::commands {
namespace {

void refuse(Desk& desk, const Request& request) { desk.say(Reply::decision_refused, {{"command", request.word}}); }

struct WaitingItem {
  const lists::List* list;
  std::string id;
};

// What the word is right for: of the default list, else of the list where something of that id waits.
Result<std::optional<WaitingItem>> find_item(Desk& desk, std::string_view word) {
  Result<std::optional<lists::ItemOfWord>> item =
      lists::item_of_word(desk.work().site(), &desk.work().state(), desk.default_list(), word, desk.work().now());
  if (!item) return item.error();
  if (!*item) return std::optional<WaitingItem>();
  Result<const lists::List*> list = desk.open_list((*item)->list);
  if (!list) return list.error();
  return std::optional(WaitingItem{*list, std::move((*item)->id)});
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
  const auto& [list, id] = **item;
  std::optional<lists::Copies> copies;
  if (settlement == lists::Settlement::approve) copies = desk.approvals().take(*list, id);
  Status settled = lists::settle_pending(desk.work(), *list, id, settlement, reason, std::move(copies));
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
