#pragma once

#include <string_view>
#include <vector>

#include "mail/authentication/authentication_results.h"
#include "mail/message.h"

namespace majlis::mail {

// Down to where in the header a field with our own mail server's name may be its own. Each server writes its Received
// field above everything that came with the message, and its results above or right below that.
enum class BelievedAbove {
  first_received,   // always
  second_received,  // only where our server is known to remove what others wrote in its name (RFC 8601 5)
};

// What Authentication-Results fields say that are believed, in order, and the fields that nobody should be shown.
struct BelievedResults {
  std::vector<AuthenticationResult> results;
  std::vector<const Field*> foreign;  // of other hosts, malformed, or further down in our own's name; in `message`
};

// `authserv_id`: our mail server's name, ASCII case ignored; "": no field is believed. A message without a Received
// field came through no mail server: who handed it over could have written any of its lines. All its fields count as
// above. Pure; linear.
BelievedResults read_believed_results(const Message& message, std::string_view authserv_id, BelievedAbove limit);

}  // namespace majlis::mail
