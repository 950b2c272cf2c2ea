#pragma once

#include <string_view>

namespace majlis::lists {

// Whether a line of a post has the form of a command of any tongue: a verb, and behind it what belongs there by the
// tongue's own table (tongues/dialect.h).
enum class CommandForm {
  none,
  possible,  // a sentence might read so as well: it counts where nothing else was written
  certain,   // a code, a password or an option in its place, or the list and an address
};

// `list` is the bare name of the list that it was sent to; another one is known by the "-L" that LISTSERV's have. Pure;
// any octets.
CommandForm command_form(std::string_view line, std::string_view list);

}  // namespace majlis::lists
