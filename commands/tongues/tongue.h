#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/reading/command_lines.h"
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

// The text of a message as a tongue reads it, line by line.
struct TextReader {
  CommandLines lines;
  const ListWordOf* list_word_of;
  bool is_begun = false;
  bool is_echoed = true;                                            // what is read from here on
  std::vector<std::pair<std::string, std::string>> data_sets = {};  // that stood between commands: name, lines
  std::string password = {};                                        // that stands for the lines behind it
  std::string about = {};                                           // whom they are about; "" = who writes
  std::size_t lines_read = 0;
};

// One dialect: its words, the reader of its lines, and the voice of its answers. A value; commands/session chooses one
// by the address that a message was sent to, and verbs never ask which.
struct Tongue {
  const tongues::Dialect* dialect;

  // Reads the next line that is one, with the text that belongs to it; false at the end. It may stand for several
  // requests, or for none. Pure: every byte string reads.
  bool (*read_next)(TextReader& text, std::vector<tongues::Request>& requests);

  // Words as they stand in an answer: whole lines, LF line ends.
  std::string (*phrase)(Said said, std::string_view words);

  std::string_view subject;  // of an answer, in every language; "": as the list's language has it
  std::string_view head;     // what an answer begins with

  // A file of a list, and somebody on it, as an answer shows them; nullptr: the file's name, the address.
  std::string (*file_word)(std::string_view name) = nullptr;
  std::string (*person_words)(const std::string& address, const std::string& name) = nullptr;

  // The command that a Subject is, to be read before the text; "" = none. nullptr: the Subject is none.
  std::string (*command_in_subject)(std::string_view subject) = nullptr;

  // All requests of a message's text, at most `max`, up to `end` and, where the dialect says so, up to what is no
  // command. `besides`: another tongue, whose whole words are understood where this one has none like them.
  std::vector<tongues::Request> read(std::string_view text, std::size_t max, const ListWordOf& list_word_of,
                                     const Tongue* besides = nullptr) const;
};

// `words` line by line, `mark` before each.
std::string with_mark(std::string_view mark, std::string_view words);

// The request that confirms by this token alone; by a plain reply, or by a line that has it.
tongues::Request confirmation_by(const Tongue& tongue, std::string_view token,
                                 std::optional<tongues::PlainReply> reply);

}  // namespace majlis::commands
