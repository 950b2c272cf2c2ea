#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/site/config/config_problem.h"

namespace majlis::lists {

// Majordomo's file syntax without its meaning: where the assignments of a text stand and what they say.
struct Assignment {
  std::string key;            // lower case
  bool is_here_text = false;  // "key << TAG" ... "TAG"
  std::string value;     // trimmed; here-text: its trimmed lines separated by LF, blank ones before the tag left out
  std::string comment;   // "# ..." behind the value of "key = value"
  std::size_t line = 0;  // of the key, from 1
  std::vector<std::size_t> value_lines = {};  // of each line of the value, where they need not follow each other
  std::size_t begin = 0;                      // octets of the text, line ends included
  std::size_t end = 0;
};

struct ConfigText {
  std::vector<Assignment> assignments;
  std::vector<ConfigProblem> problems;
  std::vector<ConfigProblem> notes = {};  // what was read otherwise than it is written
};

constexpr std::size_t kMaxConfigOctets = 1024 * 1024;
constexpr std::size_t kMaxAssignments = 2000;
constexpr std::size_t kMaxConfigProblems = 50;  // then the rest is not read

// What stands behind this at the beginning of a line is read as if the mark were not there, in a here-text on every
// line of it: a file can say what Majordomo has no keyword for, and Majordomo takes it for a comment.
constexpr std::string_view kOursMark = "#majlis:";

// Pure and linear; reads any byte string. Outside here-texts '#' begins a comment wherever else it stands, as in
// Majordomo, and no-break spaces around keys and values are blanks.
ConfigText scan_config(std::string_view text);

// Whether a keyword that no dialect's codec knows is a password of another program.
bool is_foreign_secret(std::string_view lower_case_key);

// "key =   value # comment", the key padded as Majordomo does. `value` has no LF and no '#'.
std::string format_assignment(std::string_view key, std::string_view value, std::string_view comment = {});
// "key << END" with these lines as they are; another tag when one of them is END.
std::string format_here_text(std::string_view key, const std::vector<std::string>& lines);

}  // namespace majlis::lists
