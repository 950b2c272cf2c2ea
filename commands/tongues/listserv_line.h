#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "commands/tongues/echo.h"
#include "tongues/request.h"

namespace majlis::commands {

// A command line of LISTSERV's, taken apart.
struct ListservWords {
  bool is_quiet = false;
  std::string verb;                    // as written
  std::vector<std::string> arguments;  // without settings and options
  std::vector<std::string> options;    // "(SHORT", without the parenthesis
  std::string password;                // of PW=
  std::string data;                    // of DD=, the name of a data set
};
ListservWords take_apart(std::string_view text);

// Lines of a data set without the passwords in them: one may stand there as it does in a command.
std::string without_passwords(std::string_view data);

// Whether the first argument stands in a list's place.
bool names_list(const std::vector<std::string>& arguments, const ListWordOf& list_word_of);

std::string joined(const std::vector<std::string>& words, std::size_t begin);

}  // namespace majlis::commands
