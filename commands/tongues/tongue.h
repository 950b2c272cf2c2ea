#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/tongues/echo.h"
#include "tongues/dialect.h"

namespace majlis::commands {

// What a piece of an answer is; how that looks is the tongue's.
enum class Said {
  echo,       // the line that is answered
  line,       // what was asked for
  complaint,  // an error
  remark,     // no error, but not what was asked for either
  nothing,    // there is none of what was asked for
  success,    // done; the words say what, and may be ""
  end,        // the rest of the message is no command
};

// One dialect: its words, the reader of its lines, and the voice of its answers. A value; commands/session chooses one
// by the address that a message was sent to, and verbs never ask which.
struct Tongue {
  const tongues::Dialect* dialect;

  // All requests of a message's text, at most `max`, each with the text that belongs to it, up to `end`. Pure: every
  // byte string reads.
  std::vector<tongues::Request> (*read)(std::string_view text, std::size_t max, const ListWordOf& list_word_of);

  // Words as they stand in an answer: whole lines, LF line ends.
  std::string (*phrase)(Said said, std::string_view words);

  std::string_view subject;  // of an answer
  std::string_view head;     // what an answer begins with
};

// `words` line by line, `mark` before each.
std::string with_mark(std::string_view mark, std::string_view words);

// The request that confirms by this token alone; by a plain reply, or by a line that has it.
tongues::Request confirmation_by(const Tongue& tongue, std::string_view token,
                                 std::optional<tongues::PlainReply> reply);

}  // namespace majlis::commands
