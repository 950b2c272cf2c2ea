#include "base/text.h"
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

Status put_name(Desk& desk, const std::string& name) {
  store::Writer& state = desk.work().state();
  Result<std::vector<std::string>> lists = state.lists_of(desk.requester(), kMaxLists);
  if (!lists) return lists.error();
  if (lists->empty()) {
    desk.say(Reply::on_no_list, {{"command", desk.word_of(Verb::register_name)}, {"address", desk.requester().text()}});
    return {};
  }
  for (const std::string& list : *lists) {
    Result<bool> named = state.set_member_name(list, desk.requester(), name);
    if (!named) return named.error();
  }
  desk.work().note(desk.requester().canonical(), name.empty() ? "name removed" : "name registered");
  desk.say(name.empty() ? Reply::name_removed : Reply::name_registered,
           {{"name", name}, {"count", std::to_string(lists->size())}});
  return {};
}

}  // namespace

// register FULL NAME, register OFF: the name beside the requester's address, on every list it is on. The address
// confirms it.
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
  if (desk.given() == Given::personal) return put_name(desk, name);
  const std::string shown = request.word + " " + (is_off ? to_lower_ascii(kOff) : name);
  const lists::KeptRequest kept{"", std::string(lists::kKeptCommand), shown, lists::command_details(request),
                                desk.requester().text()};
  return ask_to_confirm_kept(desk, nullptr, kept, shown, "");
}

}  // namespace majlis::commands
