#pragma once

#include <vector>

#include "mail/address.h"
#include "mail/bounces/bounce_text.h"
#include "mail/message.h"

namespace majlis::mail {

// What the message that came back says of itself, where enough of it came back.
struct ReturnedMessage {
  bool is_there = false;
  std::vector<Address> authors;     // and whoever else it was sent by, its return path included
  std::vector<Address> recipients;  // its own fields, and "for <a@b>" where it passed
};

// Of the part that holds it, else of what stands behind the report's text.
ReturnedMessage read_returned(const ReportText& text, const Message& message);

}  // namespace majlis::mail
