#include "commands/desk/reply_share.h"

#include "lists/effects/letters.h"

namespace majlis::commands {
namespace {

constexpr UnixTime kDay = 24 * 3600;

std::string key_of(const mail::Address& address) { return "reply-to:" + lists::mailbox_key(address); }

std::uint64_t most_of(Desk& desk) { return static_cast<std::uint64_t>(desk.work().site().config().replies_per_day); }

}  // namespace

Result<bool> take_reply(Desk& desk, const mail::Address& address) {
  return desk.work().count_within(key_of(address), most_of(desk), kDay);
}

Result<bool> has_reply_left(Desk& desk, const mail::Address& address) {
  Result<std::uint64_t> counted = desk.work().state().counted(key_of(address), desk.work().now(), kDay);
  return counted ? Result<bool>(*counted < most_of(desk)) : counted.error();
}

}  // namespace majlis::commands
