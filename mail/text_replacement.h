#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address_search.h"
#include "mail/edit.h"
#include "mail/message.h"

namespace majlis::mail {

// Where in a text something stands that is to be replaced: in order, without overlaps.
using FindRanges = std::function<std::vector<TextRange>(std::string_view text, SearchIn where)>;

enum class ReplaceIn {
  content,     // the Subject, how the message is built, its texts, and the fields of its parts; nothing that is signed
  everything,  // every field and every text, of signed parts too; but for the names of messages, by which threads hang
};

// Puts `replacement` wherever `find` finds something, also in encoded words, names of files by any reading, and texts
// in any transfer encoding and charset, which are written in the same encoding again. Files are not looked into.
void replace_in_message(const Message& message, const FindRanges& find, std::string replacement, ReplaceIn where,
                        Edit& edit);

}  // namespace majlis::mail
