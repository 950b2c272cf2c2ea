#pragma once

#include <string>
#include <string_view>

#include "mail/message.h"

namespace majlis::lists {

// A post freed from every "Approved: PASSWORD" it carried: header fields of any of the four spellings, the first line
// of the body, the first line of the first text part (quoted-printable and base64 too), and that of its HTML copies.
// Right or wrong, it never goes further; nor does the word of a field "Urgent: PASSWORD" of the outermost message,
// which asks that the post reach all members at once.
struct ApprovedPost {
  mail::Message message;
  std::string password;            // "" = none was given
  std::string urgent;              // likewise
  bool cannot_be_removed = false;  // it stands where only a person can cut it out (a page that is put together oddly)
  bool is_resubmission = false;    // `message` came within the one that carried the password
};

// Majordomo's resubmission is understood: "Approved: PASSWORD" as the first line of the text, with a whole message
// below it (a header with a From field) or, where nothing is below it, beside it as message/rfc822, stands for that
// message.
enum class Resubmission { may_be_one, is_not_one };
ApprovedPost take_approved(const mail::Message& message, Resubmission resubmission = Resubmission::may_be_one);

// Whether a line "Approved: WORD" is left anywhere people would read it: Subject, text parts, quoted lines, HTML.
bool has_approved_line(const mail::Message& message);

// Whether `password` occurs in what would be sent: header, decoded Subject, decoded text parts, HTML with its tags
// removed.
bool mentions_password(const mail::Message& message, std::string_view password);

}  // namespace majlis::lists
