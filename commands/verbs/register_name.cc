#include "commands/verbs/register_name.h"

#include "base/text.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/command_letter.h"
#include "lists/effects/kept_command.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxLists = 100;
constexpr std::size_t kMaxNameOctets = 200;
constexpr std::string_view kOff = "OFF";

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

Status put_name(Desk& desk, const std::string& name, const std::vector<std::string>& lists) {
  for (const std::string& list : lists) {
    Result<bool> named = desk.work().state().set_member_name(list, desk.requester(), name);
    if (!named) return named.error();
  }
  desk.work().note(desk.requester().canonical(), name.empty() ? "name removed" : "name registered");
  desk.say(name.empty() ? Reply::name_removed : Reply::name_registered,
           {{"name", name}, {"count", std::to_string(lists.size())}});
  return {};
}

Status ask_for_name(Desk& desk, const std::string& word, const lists::List* list, const std::string& name) {
  Request kept_request;
  kept_request.verb = Verb::register_name;
  kept_request.word = word;
  kept_request.about = list == nullptr ? "" : list->address();
  for (const std::string_view each : split_words(name.empty() ? kOff : name)) kept_request.arguments.emplace_back(each);
  const std::string of_list = list == nullptr ? "" : " " + list->name().name();
  const std::string shown = word + of_list + " " + (name.empty() ? to_lower_ascii(kOff) : name);
  const lists::KeptRequest kept{kept_request.about, std::string(lists::kKeptCommand), shown,
                                lists::command_details(kept_request), desk.requester().text()};
  return ask_to_confirm_kept(desk, list, kept, shown, "");
}

// register FULL NAME, register OFF: the name beside the requester's address, on every list it is on, or on the one that
// a kept request is about. The address confirms it.
Status register_name(Desk& desk, const Request& request) {
  const bool is_off = request.arguments.size() == 1 && equals_ignoring_case(request.arguments.front(), kOff);
  const std::string name = is_off ? "" : printable_utf8(joined(request.arguments), kMaxNameOctets);
  if (!is_off && request.arguments.size() < 2) {
    desk.say(Reply::register_usage, {{"command", request.word}});
    return {};
  }
  if (name.find('@') != std::string::npos) {
    desk.say(Reply::name_has_address, {{"command", request.word}});
    return {};
  }
  if (desk.given() != Given::personal) {
    const Result<bool> trusted = all_lists_trust(desk);
    if (!trusted) return trusted.error();
    if (!*trusted) return ask_for_name(desk, request.word, nullptr, name);
  }
  Result<std::vector<std::string>> lists = desk.work().state().lists_of(desk.requester(), kMaxLists);
  if (!lists) return lists.error();
  if (!request.about.empty()) std::erase_if(*lists, [&](const std::string& list) { return list != request.about; });
  if (!lists->empty()) return put_name(desk, name, *lists);
  desk.say(Reply::on_no_list, {{"command", desk.word_of(Verb::register_name)}, {"address", desk.requester().text()}});
  return {};
}

}  // namespace majlis::commands
