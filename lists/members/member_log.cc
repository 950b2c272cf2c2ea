#include "lists/members/member_log.h"

namespace majlis::lists {

void log_member(Work& work, const List& list, std::string_view command, const mail::Address& address) {
  work.log_when_done(
      LogLine("member").with("command", command).with("list", list.address()).with("address", address.canonical()));
}

}  // namespace majlis::lists
