#pragma once

#include <memory>
#include <string>

#include "mail/edit.h"
#include "mail/message.h"

namespace majlis::lists {

// A post on its way to its readers: a message and the changes made to it so far, by byte ranges: what none of them
// touches stays octet for octet as it came. To make one costs nothing, and so does to copy one: copies share the
// message.
class Draft {
 public:
  // `original` stays where it is as long as drafts of it are there.
  explicit Draft(const mail::Message& original);
  // Of another message, which it keeps.
  explicit Draft(std::shared_ptr<const mail::Message> message);

  // As it is by now. Changes that are not in it yet cost a copy and a scan: who only adds and removes fields of the
  // header does without.
  const mail::Message& message();
  // More changes, at offsets of what message() gave. Fields that are added go below those added before.
  mail::Edit& edit() { return edit_; }
  // As it is by now, to be sent.
  std::string bytes() const { return edit_.apply().bytes; }

 private:
  std::shared_ptr<const mail::Message> message_;
  mail::Edit edit_;
};

}  // namespace majlis::lists
