#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "mail/address.h"
#include "mail/message.h"
#include "mail/return_path.h"

namespace majlis::lists {

// One message at our door, with what the MTA said about it.
struct Arrival {
  mail::Message message;
  mail::Address recipient;
  mail::ReturnPath sender;
  UnixTime now = 0;
  std::string network = {};  // mail::client_network(), where the MTA told

  // 16 octets made from recipient, sender and content without envelope lines: the MTA's second try has the same.
  std::string fingerprint() const;

  // A hash of the message's body. It is made once: a body may have many megabytes.
  const std::string& body_digest() const;
  mutable std::string kept_body_digest = {};  // "" until somebody asks
};

// The same of a message that may have come out of `arrival`, its own where the body is another.
std::string body_digest_of(const mail::Message& message, const Arrival& arrival);

// An address of ours as it may be logged and shown: what stands behind '+' may be a token, and is "***".
std::string without_tag(std::string_view address);

// What became of an arrival, in the words of the log.
struct Outcome {
  std::string verdict;  // "accept", "hold", "reject", "discard", "commands", "forward", "set_aside" ...
  std::string rule;     // which rule decided, "" when none had to
  std::string list;
};

// The one line about mail that is no post and no command.
void log_arrival(const Arrival& arrival, const Outcome& outcome, std::string_view why);

}  // namespace majlis::lists
