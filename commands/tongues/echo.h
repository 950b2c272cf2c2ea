#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "tongues/dialect.h"

namespace majlis::commands {

// What a word is in the place of a list's name. What is shown of a line with a password in it depends on that.
enum class ListWord {
  known,    // names a list of this site
  unknown,  // names none, and a list has to stand there
  none,     // names none; the line is about the list it was sent to
};
using ListWordOf = std::function<ListWord(std::string_view word)>;

// A verb as a person wrote it, and what stands behind it, a list's name first.
struct WrittenLine {
  std::string_view word;
  std::span<const std::string> arguments;
};

// The line as it may be shown again: bounded; secrets are "***".
std::string echo_of(const WrittenLine& line, const tongues::VerbRow& row, const tongues::Dialect& dialect,
                    const ListWordOf& list_word_of);

// The first of `arguments`, in the place of a list's name, as it may be shown. Where it names no list it may be a
// password: it is "***" where one is expected, or might be (set), and when a list is named behind it.
std::string shown_list(const tongues::VerbRow& row, std::span<const std::string> arguments,
                       const ListWordOf& list_word_of);

// The line of one who answers our notice: an answer and a reason, and nothing of it secret but tokens.
std::string echo_of_answer(const tongues::Request& request);

// The same of a line that was not understood: a password may stand anywhere in it.
std::string echo_of_unknown(std::string_view word, bool has_more);

}  // namespace majlis::commands
