#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lists/effects/command_letter.h"
#include "lists/effects/letters.h"
#include "lists/site/list.h"

namespace majlis::commands {

// What whoever wrote a message is asked to confirm of it: one letter, one code, however many commands.
class Confirmations {
 public:
  // `letter`: the one that asks for this command alone; it is mailed when no other command is asked for.
  void add(const lists::List& list, lists::TokenLetter letter, std::string shown);
  // A command that has no letter of its own. `list`: nullptr when it is about none.
  void add(const lists::List* list, lists::AskedCommand command);

  // To be called once, when all commands were heard. `language`: of the letter where they are about several lists.
  Status send(lists::Work& work, const mail::Address& requester, const lists::AnswerPlace& place,
              const std::string& language);

 private:
  struct Asked {
    const lists::List* list;
    lists::AskedCommand command;
    std::optional<lists::Correspondence> letter;
  };
  std::vector<Asked> asked_;
};

}  // namespace majlis::commands
