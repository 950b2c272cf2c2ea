#include "commands/verbs/verbs.h"

namespace majlis::commands {

// Commands that the requester's manual has and this program has not.
Status not_yet(Desk& desk, const Request& request) {
  desk.say(Reply::not_yet, {{"command", request.word}});
  return {};
}

Status not_here(Desk& desk, const Request& request) {
  desk.say(Reply::not_here, {{"command", request.word}});
  return {};
}

}  // namespace majlis::commands
