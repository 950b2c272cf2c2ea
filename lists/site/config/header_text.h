#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/site/config/codec.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/header_words.h"

namespace majlis::lists {

// LISTSERV's list header without its meaning: "* Keyword= value,value" anywhere in a line, "* text". What no keyword
// can be called stands for what has none: the title, the free text, the lines that begin with a dot.
constexpr std::string_view kHeaderTitle = ".title";
constexpr std::string_view kHeaderText = ".text";
constexpr std::string_view kHeaderHidden = ".hh";   // ".HH ON"
constexpr std::string_view kHeaderInclude = ".ik";  // ".IK NAME"

// Pure and linear; reads any byte string. A keyword that is repeated is one assignment, a line of its value for each
// line it stood on, values separated by commas. Lines are numbered from the first that is not blank; a line
// "PUT LIST LIST" in front, as GET (HEADER writes it, is passed over. The '*' may be missing; a line without it goes on
// with the values of one that ends in a comma or "=", and so does a line of people that begins with an address.
// "Attachment=" is "Attachments=", Moderator= is one with Editor=, and a blank between addresses of people is a comma:
// that is noted. A text that is quoted ("> ") or has no keyword at all is refused.
ConfigText scan_header(std::string_view text);

// Statements as a header, a line each, with the '*'.
std::string print_header(const std::vector<Statement>& statements);

// The values of a keyword, separated by commas, in as many lines as mail programs leave alone. None of them is empty.
std::string in_short_lines(std::string_view keyword, std::string_view value);

// Whether this would be read as a title when it is the first line.
bool may_be_title(std::string_view line);
// Whether this would be read as free text.
bool may_be_free_text(std::string_view line);

}  // namespace majlis::lists
