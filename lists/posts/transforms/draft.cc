#include "lists/posts/transforms/draft.h"

#include <utility>

namespace majlis::lists {

Draft::Draft(const mail::Message& original)
    : message_(std::shared_ptr<const mail::Message>(), &original), edit_(original) {}

Draft::Draft(std::shared_ptr<const mail::Message> message) : message_(std::move(message)), edit_(*message_) {}

const mail::Message& Draft::message() {
  if (edit_.is_empty()) return *message_;
  mail::Edited edited = edit_.apply();
  message_ = std::make_shared<const mail::Message>(mail::Message::open(std::move(edited.bytes)));
  edit_ = mail::Edit(*message_, edited.behind_added_fields);
  return *message_;
}

}  // namespace majlis::lists
