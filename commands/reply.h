#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/desk/desk.h"
#include "lists/effects/arrival.h"
#include "lists/site/directory.h"

namespace majlis::commands {

enum class Answered {
  no,  // the letter that left, or the one before, is the answer
  yes,
  last,      // and the requester was told that there is no more today
  withheld,  // the requester had them all
};
std::string_view name_of(Answered answered);  // for the log; "" for what is usual

// The one answer to a message of commands, bounded in size, to the person who wrote it: its Subject and looks are the
// tongue's, and no word of `secrets` stands in it. Requests made by address alone (LIST-subscribe) are not answered
// when a letter to the requester leaves and nothing went wrong: the challenge or the welcome is their answer. An
// address that had its replies for today gets no more, which the last of them says; those to a right password or token
// are not counted.
Result<Answered> reply(Desk& desk, const lists::Destination& destination, const lists::Arrival& arrival,
                       const std::vector<std::string>& secrets);

}  // namespace majlis::commands
