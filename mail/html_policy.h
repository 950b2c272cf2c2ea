#pragma once

#include "mail/html/style.h"
#include "mail/message.h"
#include "mail/part_edit.h"

namespace majlis::mail {

// What becomes of a message's parts in HTML.
enum class HtmlParts {
  keep,
  clean,   // those in which anything is active are written anew (html/clean.h)
  text,    // they become text; where they are another form of a plain text, that stays alone
  reject,  // where they are another form of a plain text they go; else the message is refused
};
// What becomes of multipart/alternative that has a plain text and the same in HTML.
enum class Alternatives { keep, collapse };  // collapse: the text stays alone

struct HtmlPolicy {
  HtmlParts parts = HtmlParts::keep;
  RemoteContent remote = RemoteContent::keep;
  Alternatives alternatives = Alternatives::keep;
};

// Why a policy cannot be carried out.
enum class HtmlObstacle {
  none,
  signed_part,  // what is signed would have to be changed inside
  no_text,      // HtmlParts::reject, and there is HTML without a plain text
  unclear,      // readers may find other HTML in it than we do
};
HtmlObstacle html_obstacle(const Message& message, const HtmlPolicy& policy);

// Carries it out, as changes of parts; where there is an obstacle there are none. What is not concerned keeps its
// octets. How many parts in HTML were written anew or left out.
std::size_t apply_html_policy(const Message& message, const HtmlPolicy& policy, PartEdit& edit);

// Whether there is anything for a policy to look at: a quick question.
bool has_html(const Message& message);

}  // namespace majlis::mail
