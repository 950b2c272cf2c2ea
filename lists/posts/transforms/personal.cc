#include "lists/posts/transforms/personal.h"

#include "auth/secret_file.h"
#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kStemOctets = 16;

// Nobody can write a message that holds its own hash in any encoding, so no text made out of it has the mark.
spool::PointMarks marks_for(const mail::Message& message) {
  return spool::PointMarks("m" + hex(auth::fingerprint({"points", message.bytes()}).substr(0, kStemOctets)));
}

}  // namespace

Result<std::optional<PersonalCopy>> personalised(PostContext context, const Draft& post) {
  const spool::PointMarks marks = marks_for(*context.post);
  context.marks = &marks;
  Result<Draft> copy = transformed(Changes::copy, context, post);
  if (!copy) return copy.error();
  FinishedCopy finished = finish_copy(context, *copy);
  spool::PointedText letter = marks.take_out(finished.bytes);
  if (!spool::are_points_safe(letter.text, letter.points)) return std::optional<PersonalCopy>();
  return std::optional(PersonalCopy{std::move(letter), finished.is_changed});
}

}  // namespace majlis::lists
