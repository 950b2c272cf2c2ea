#include "lists/transforms/transforms.h"

namespace majlis::lists {

// Majordomo's reply_to: a word that replaces Reply-To; $LIST and a missing host are completed. Empty leaves the field
// alone.
void reply_to(const List& list, const mail::Message& message, mail::Edit& edit) {
  std::string wanted = list.config().text(Setting::reply_to);
  if (wanted.empty()) return;
  if (wanted == "$SENDER") {
    const auto author = message.author();
    if (!author) return;
    wanted = author->address.text();
  }
  if (wanted == "$LIST" || wanted == list.name().name()) wanted = list.address();
  if (wanted.find('@') == std::string::npos) wanted += "@" + list.name().domain();
  edit.remove_fields("Reply-To");
  edit.add_field("Reply-To", wanted);
}

}  // namespace majlis::lists
