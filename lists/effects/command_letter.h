#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/effects/kept_request.h"
#include "lists/effects/token_letter.h"

namespace majlis::lists {

// Commands that no letter of their own asks to confirm, or several in one letter: all of them by one code.

// Verbs of what is kept for it, besides those of a ChallengedAction.
constexpr std::string_view kKeptPassword = "pw";       // option: "add" or "reset"; details: the hash
constexpr std::string_view kKeptChange = "change";     // option: "OLD NEW"
constexpr std::string_view kKeptCommand = "command";   // option: as it is shown; details: kept_command.h
constexpr std::string_view kKeptHeader = "put";        // details: LISTSERV's list header
constexpr std::string_view kKeptTemplates = "puttpl";  // details: LISTSERV's mail templates
constexpr std::string_view kKeptSeveral = "several";   // details: a line each, "TOKEN COMMAND"

// What a letter lists.
struct AskedCommand {
  std::string shown;  // one line
  FreshToken token;
  std::string more = {};  // lines about it, each with a line end
};

// Keeps a request under a fresh token, that nobody has yet; of an address's passwords the newest alone.
Result<FreshToken> keep_request(Work& work, const KeptRequest& request, UnixTime expires);

// The tokens of several commands behind one, which expires with the last of them. `list`: that all of them are about,
// "" where they are about several.
Result<FreshToken> keep_several(Work& work, const std::string& list, const mail::Address& address,
                                const std::vector<AskedCommand>& commands);

// To `address`, from the place where answers go; in `language`. `requester`: in whose name the commands came.
struct CommandLetter {
  mail::Address address;
  mail::Address requester;
  AnswerPlace place;
  std::string language;
};
void send_command_letter(Work& work, const CommandLetter& letter, const std::vector<AskedCommand>& commands,
                         const FreshToken& token);

// Its Subject, as far as it can be told from an answer.
std::string command_letter_subject(const Site& site, std::string_view language, std::string_view token,
                                   const tongues::Dialect& dialect);

}  // namespace majlis::lists
