#include "base/log.h"
#include "commands/desk/reply_share.h"
#include "commands/reading/secret_words.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/letters.h"
#include "lists/effects/served_off.h"

namespace majlis::commands {

// SERVE ADDRESS: mail of that address is answered again. Anybody may say so, but for the address itself.
Status serve(Desk& desk, const Request& request) {
  constexpr std::size_t kMaxShown = 100;
  const std::string written = request.arguments.empty() ? "" : request.arguments.front();
  const auto address = mail::Address::parse(written);
  if (!address) {
    desk.say(Reply::bad_address, {{"command", request.word}, {"address", shown_words(written, kMaxShown)}});
    return {};
  }
  if (lists::mailbox_key(*address) == lists::mailbox_key(desk.requester())) {
    desk.say(Reply::serve_needs_another, {{"command", request.word}});
    return {};
  }
  Result<std::uint64_t> count = lists::errors_in_row(desk.work().state(), *address, desk.work().now());
  if (!count) return count.error();
  Status served = lists::keep_errors_in_row(desk.work(), *address, *count, 0);
  if (!served) return served;
  desk.work().log_when_done(
      LogLine("serve").with("address", address->canonical()).with("from", desk.requester().canonical()));
  Result<bool> is_answered = has_reply_left(desk, *address);
  if (!is_answered) return is_answered.error();
  desk.say(*is_answered ? Reply::served_again : Reply::served_unanswered, {{"address", address->text()}});
  return {};
}

}  // namespace majlis::commands
