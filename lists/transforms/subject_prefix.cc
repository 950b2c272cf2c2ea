#include "base/text.h"
#include "lists/texts.h"
#include "lists/transforms/transforms.h"
#include "mail/composer.h"

namespace majlis::lists {
namespace {

// The list's tag as it stands in a header: ASCII, encoded when it is not.
std::string encoded_prefix(const std::string& prefix) {
  const std::string whole = mail::field("Subject", prefix);
  return std::string(trim(std::string_view(whole).substr(whole.find(':') + 1)));
}

}  // namespace

// Majordomo's subject_prefix, unless the Subject has it already. Breaks DKIM signatures over Subject: off by default.
void subject_prefix(const List& list, const mail::Message& message, mail::Edit& edit) {
  std::string prefix = list.config().text(Setting::subject_prefix);
  for (const char* token : {"$LIST"}) {
    const std::size_t at = prefix.find(token);
    if (at != std::string::npos) prefix.replace(at, std::string_view(token).size(), list.name().name());
  }
  if (prefix.empty() || message.subject().find(prefix) != std::string::npos) return;
  for (const mail::Field& field : message.scan().parts.front().fields) {
    if (!equals_ignoring_case(field.name, "Subject")) continue;
    const bool has_blank = field.body_begin < field.body_end && is_blank(message.bytes()[field.body_begin]);
    edit.insert(field.body_begin, " " + encoded_prefix(prefix) + (has_blank ? "" : " "));
    return;
  }
  edit.add_field("Subject", prefix);
}

}  // namespace majlis::lists
