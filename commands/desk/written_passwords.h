#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "commands/desk/list_lookup.h"
#include "tongues/request.h"

namespace majlis::commands {

// Lists whose passwords are looked for when nobody can say which list a line is about.
constexpr std::size_t kMaxListsAsked = 1000;
// Words of a message times passwords; what comes behind them is taken for a password unseen.
constexpr std::size_t kMaxWordsCompared = 100'000;

// The words of these lines and of the message's Subject that are passwords of the list that the message went to or of
// one that it names; where a line names none, of any list of the site (the first kMaxListsAsked). Found by their marks
// (auth/password_mark.h), whatever stands around them. A list whose passwords cannot be read has none. Also tokens that
// are good at `now`.
struct WrittenPasswords {
  std::vector<std::string> words;
  std::vector<lists::ListName> lists;  // whose they are, of those in lines of commands that have none
};
WrittenPasswords written_passwords(const lists::Site& site, const ListLookup& lookup,
                                   const std::vector<tongues::Request>& requests, std::string_view subject,
                                   UnixTime now);

// `text` with "***" in the place of each of `words`.
std::string without_words(std::string text, const std::vector<std::string>& words);

}  // namespace majlis::commands
