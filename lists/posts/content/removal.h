#pragma once

#include <functional>
#include <memory>
#include <string>

#include "lists/posts/content/content_findings.h"
#include "lists/site/list.h"
#include "lists/site/site.h"
#include "mail/edit.h"

namespace majlis::lists {

// What stands in place of something that was found: one line of UTF-8.
using NoteOf = std::function<std::string(const ContentFinding&)>;
// "[Removed: NAME (TYPE, N octets): REASON]" in the list's language. `site` and `list` stay where they are.
NoteOf notes_of(const Site& site, const List& list);

// Takes what was found out of the message: a note stands in place of each part (a text/plain part) and of each block (a
// line of the text). Of a multipart/alternative the notes stand in front, or readers would be shown them instead of the
// other alternatives. Where nothing else is left the message is the notes alone. No other octet changes.
//
// `edit` is one of `message`, which is what was examined. Pure.
void remove_found(const mail::Message& message, const ContentFindings& content, const NoteOf& note_of,
                  mail::Edit& edit);

// The message as letters may show it: without what was found, and where readers could take it in two ways no more than
// its header. nullptr: nothing was found.
std::shared_ptr<const mail::Message> without_found(const mail::Message& message, const ContentFindings& content,
                                                   const NoteOf& note_of);

}  // namespace majlis::lists
