#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lists/effects/command_letter.h"
#include "lists/effects/letters.h"
#include "lists/site/list.h"

namespace majlis::commands {

// What is to be confirmed of a message, as a rule by whoever wrote it: each address is asked in one letter, by one
// code, however many commands there are.
class Confirmations {
 public:
  // `letter`: the one that asks for this command alone; it is mailed when its reader is asked for no other.
  void add(const lists::List& list, const mail::Address& requester, lists::TokenLetter letter, std::string shown);
  // A command that has no letter of its own. `list`: nullptr when it is about none.
  void add(const lists::List* list, const mail::Address& address, lists::AskedCommand command);

  // Whether the address is asked something; whether that very command, in a line before.
  bool asks(const mail::Address& address) const;
  bool asks(const mail::Address& address, const std::string& shown, const std::string& more) const;

  // To be called once, when all commands were heard. `language`: of a letter about several lists.
  Status send(lists::Work& work, const mail::Address& requester, const lists::AnswerPlace& place,
              const std::string& language) const;

 private:
  struct Asked {
    mail::Address address;
    const lists::List* list;
    lists::AskedCommand command;
    std::optional<lists::Correspondence> letter;
  };
  Status send_to(lists::Work& work, lists::CommandLetter letter) const;

  std::vector<Asked> asked_;
};

}  // namespace majlis::commands
