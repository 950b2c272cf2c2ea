#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace majlis::lists {

// What the lines of LISTSERV's list header are made of (header_text.h).

constexpr std::string_view kHeaderPassword = "pw";
constexpr std::string_view kHideWord = ".HH";
constexpr std::string_view kIncludeWord = ".IK";
constexpr std::string_view kEditorKeyword = "editor";

// The word before "=" that begins at `at`, and where its value begins.
struct HeaderWord {
  std::string name;  // lower case
  std::size_t value_at = 0;
};
std::optional<HeaderWord> keyword_at(std::string_view line, std::size_t at);
// Where the next keyword of the line begins, or its end.
std::size_t find_keyword(std::string_view line, std::size_t at);
// Where "PW=" begins, or the end of the line.
std::size_t find_password(std::string_view line);

std::size_t skip_blanks(std::string_view line, std::size_t at);
// Where the text goes on behind "(a remark)" that begins at `at`.
std::size_t skip_remark(std::string_view line, std::size_t at);
// One value: up to a comma or blank outside quotes.
std::size_t end_of_value(std::string_view line, std::size_t at);

// Whether the values of a keyword are people: a blank between two addresses can only be meant as a comma.
bool names_people(std::string_view keyword);
bool is_address_word(std::string_view word);  // in quotes or without
bool begins_with_address(std::string_view line);

// No-break spaces, as in printed examples, are blanks.
std::string with_breaking_blanks(std::string_view line);
// What stands behind the '*' of a line; "# " is taken for one.
std::string_view content_of(std::string_view line);
// What stands behind the word that a line begins with.
std::optional<std::string_view> behind_word(std::string_view line, std::string_view word);

bool is_ruler(std::string_view line);     // "########", "--------"
bool is_dot_line(std::string_view line);  // ".HH ON"
bool is_put_line(std::string_view line);  // "PUT CLUB-L LIST PW=...", "put club-l.list"

}  // namespace majlis::lists
