#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "tongues/request.h"
#include "tongues/verbs.h"

namespace majlis::commands {

// What a word is in the place of a list's name. What is shown of a line with a password in it depends on that.
enum class ListWord {
  known,    // names a list of this site
  unknown,  // names none, and a list has to stand there
  none,     // names none; the line is about the list it was sent to
};
using ListWordOf = std::function<ListWord(std::string_view word)>;

// The line as it may be shown again: `word` is the verb as written, `row` the verb. Bounded; secrets are "***".
std::string echo_of(std::string_view word, const Request& request, const VerbRow& row, const ListWordOf& list_word_of);

// Whether the first of `words` behind a verb, in the place of a list's name, may be shown. Where it names none it may
// be a password: it is not shown where one is expected, or might be (set), nor when a list is named behind it.
bool may_show_list(const VerbRow& row, std::span<const std::string> words, const ListWordOf& list_word_of);

// The line of one who answers our notice: an answer and a reason, and nothing of it secret but tokens.
std::string echo_of_answer(const Request& request);

// The same of a line that was not understood: a password may stand anywhere in it.
std::string echo_of_unknown(std::string_view word, bool has_more);

}  // namespace majlis::commands
