#pragma once

#include <optional>
#include <string>

#include "commands/reading/command_lines.h"

namespace majlis::commands {

// A line of a message to LISTSERV: a command, the card that begins a job, or a data set.
struct ListservLine {
  std::string command;         // "" for a card
  bool is_job = false;         // "//name JOB ..."
  bool is_echoed = true;       // of a job: without ECHO=NO
  std::string data_name = {};  // "//name DD *"
  std::string data = {};       // the lines behind it, up to "/*" or the next card
};

// The next one. "// command ...," goes on in the next line; What stands behind
// "// EOJ" is passed over up to the next JOB. nullopt at the end.
std::optional<ListservLine> next_listserv_line(CommandLines& lines);

// Passes over what stands before the first JOB card, where there is one.
void skip_to_job(CommandLines& lines);

// Whether a line may belong to a text behind a command: no card, no end of data, and not the line above a signature.
bool is_text_line(std::string_view line);

}  // namespace majlis::commands
