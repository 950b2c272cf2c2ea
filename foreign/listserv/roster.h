#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "foreign/source/foreign_list.h"

// The members of a LISTSERV list, as its commands show them. Pure and linear.
namespace majlis::foreign {

struct Roster {
  std::vector<Member> members = {};
  std::vector<Finding> findings = {};  // options that have no counterpart, with how many have them
  std::string list = {};               // that the answer names, "" = none
};

// Whether a text is the answer to "QUERY ***GUI*** LIST FOR *", or to "QUERY LIST FOR *", by its first line.
bool is_roster_answer(std::string_view text);

// `file`: its name, for places: "club.gui:12".
Roster read_roster_answer(std::string_view text, std::string_view file);

// What stands below the header in a list file: an address and a name; columns 81 to 100 are LISTSERV's own.
Roster read_list_file_members(std::string_view text, std::string_view file, std::size_t lines_before);

}  // namespace majlis::foreign
