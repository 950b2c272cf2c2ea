#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "foreign/source/foreign_list.h"

// The files of one list in Majordomo's $listdir.
namespace majlis::foreign {

// Letters, digits, '-' and '_': of a name with anything else Majordomo makes no list, nor of RCS, CVS and core.
bool is_list_name(std::string_view name);

// The lists that the names in a folder tell of: NAME with or without NAME.config.
std::vector<std::string> list_names_among(const std::vector<std::string>& names);

// Whether a text may be the members of a list: some line has an '@', or there is none at all.
bool may_be_roster(std::string_view text);

// Whether a text is a configuration: its first line that says something is an assignment.
bool is_config_text(std::string_view text);

// Where its files are.
struct ListPlace {
  std::string folder;       // of LIST, LIST.config ...
  std::string archive;      // the folder of its files and archives
  std::string name;         // of the files
  std::string config = {};  // where this file alone is the list: its configuration, whatever it is called
};

// An Error: without that file there is no list. `list_name`: what it is to be called.
Result<ForeignList> read_list_files(const ListPlace& place, const std::string& list_name);

// One line of a member file each, "LIST:LINE" as its place. Nothing is refused yet.
void add_members(std::string_view text, const std::string& file, const std::string& options, std::vector<Member>& to);

// The value of "key = value" in a configuration, as its last line says; "" = there is none.
std::string value_in(std::string_view config, std::string_view key);

}  // namespace majlis::foreign
