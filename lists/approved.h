#pragma once

#include <string>
#include <string_view>

#include "mail/message.h"

namespace majlis::lists {

// A post freed from every "Approved: PASSWORD" it carried: header fields of any of the four spellings, the first line
// of the body, the first line of the first text part (quoted-printable and base64 too). Right or wrong, it never goes
// further.
struct ApprovedPost {
  mail::Message message;
  std::string password;            // "" = none was given
  bool cannot_be_removed = false;  // it stands where only a person can cut it out (an HTML-only post)
};

// Majordomo's resubmission is understood: "Approved: PASSWORD" as the first body line with a header directly below it
// stands for the message that follows.
ApprovedPost take_approved(const mail::Message& message);

// Whether `password` occurs in what would be sent: header, decoded Subject, decoded text parts, HTML with its tags
// removed.
bool mentions_password(const mail::Message& message, std::string_view password);

}  // namespace majlis::lists
