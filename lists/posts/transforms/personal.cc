#include "lists/posts/transforms/personal.h"

#include <algorithm>
#include <array>

#include "auth/secret_file.h"
#include "base/text.h"
#include "lists/posts/transforms/member_words.h"
#include "lists/posts/transforms/post_tokens.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/edit.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kStemOctets = 16;

// Nobody can write a message that holds its own hash in any encoding, so no text made out of it has the mark.
spool::PointMarks marks_for(const mail::Message& message) {
  return spool::PointMarks("m" + hex(auth::fingerprint({"points", message.bytes()}).substr(0, kStemOctets)));
}

void texts(const List& list, const mail::Message& message, const spool::PointMarks& marks, mail::Edit& edit) {
  PostTokens tokens = tokens_of(list, message, SenderAs::from_text);
  tokens.more = member_words(list, marks);
  decorate_with_texts(list, message, tokens, marks.stem(), edit);
}

void fields(const List& list, const mail::Message& /*message*/, const spool::PointMarks& marks, mail::Edit& edit) {
  add_list_fields(list, unsubscribe_link(list, marks.word(spool::PointKind::header_url)), edit);
}

const mail::Field* only_field(const mail::Message& message, std::string_view name) {
  for (const mail::Field& field : message.scan().parts.front().fields) {
    if (equals_ignoring_case(field.name, name)) return &field;
  }
  return nullptr;
}

// personalize = full: the member alone stands in To. Whom the author wrote to stands in Cc, so that an answer to all
// goes where it went before.
void addressee(const List& list, const mail::Message& message, const spool::PointMarks& marks, mail::Edit& edit) {
  if (list.config().choice(Setting::personalize) != "full" || message.scan().is_ambiguous()) return;
  const std::string_view bytes = message.bytes();
  const mail::Field* to = only_field(message, "To");
  const mail::Field* cc = only_field(message, "Cc");
  const std::string_view others = to != nullptr ? bytes.substr(to->body_begin, to->body_end - to->body_begin) : "";
  const bool is_named = !trim(others).empty();
  if (is_named && cc == nullptr) {
    edit.remove(to->begin, to->begin + to->name.size());
    edit.insert(to->begin, "Cc");
  } else if (to != nullptr) {
    edit.remove(to->begin, to->end);
    if (is_named) {
      const bool is_alone = trim(bytes.substr(cc->body_begin, cc->body_end - cc->body_begin)).empty();
      const std::string line_end = message.scan().crlf ? "\r\n" : "\n";
      edit.insert(cc->body_begin, std::string(others) + (is_alone ? "" : "," + line_end + " "));
    }
  }
  edit.add_field("To", marks.word(spool::PointKind::header_mailbox));
}

struct PersonalRow {
  std::string_view name;  // of the transform in whose place it stands
  void (*transform)(const List&, const mail::Message&, const spool::PointMarks&, mail::Edit&);
};
constexpr std::array kPersonal = {PersonalRow{"message_texts", texts}, PersonalRow{"list_fields", fields}};

}  // namespace

spool::PointedText personalised(const List& list, const mail::Message& message) {
  const spool::PointMarks marks = marks_for(message);
  mail::Edit edit(message);
  for (const TransformRow& row : post_transforms()) {
    const auto* own = std::find_if(kPersonal.begin(), kPersonal.end(),
                                   [&](const PersonalRow& each) { return each.name == row.name; });
    if (own != kPersonal.end()) {
      own->transform(list, message, marks, edit);
    } else {
      row.transform(list, message, edit);
    }
  }
  addressee(list, message, marks, edit);
  spool::PointedText letter = marks.take_out(edit.apply());
  if (!spool::are_points_safe(letter.text, letter.points)) return {transformed(list, message), {}};
  return letter;
}

}  // namespace majlis::lists
