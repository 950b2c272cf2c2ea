#include "commands/verbs/verbs.h"

namespace majlis::commands {

// set authenticate PASSWORD: a wrong one was told when it was looked at (take_given_password()).
Status authenticate(Desk& desk, const Request& /*request*/) {
  if (desk.given() != Given::nothing) desk.say(Reply::password_is_right);
  return {};
}

}  // namespace majlis::commands
