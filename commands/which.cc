#include "base/text.h"
#include "commands/desk.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxLists = 500;

}  // namespace

// Only ever about the one who asks: the answer goes to that address. Majordomo searched every roster for any text
// (CVE-2003-1367).
Status which(Desk& desk, const Request& request) {
  if (!request.arguments.empty()) {
    const auto asked = mail::Address::parse(request.arguments.front());
    if (!asked || *asked != desk.requester()) {
      desk.complain("which: tells about your own address only.");
      return {};
    }
  }
  Result<std::vector<std::string>> lists = desk.work().state().lists_of(desk.requester(), kMaxLists);
  if (!lists) return lists.error();
  if (lists->empty()) {
    desk.say("**** No matches found");
    return {};
  }
  desk.say("The address " + desk.requester().text() + " is on these lists:");
  desk.say("");
  for (const std::string& list : *lists) desk.say("    " + list);
  return {};
}

}  // namespace majlis::commands
