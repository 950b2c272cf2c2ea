#include "commands/desk/confirmations.h"

#include <algorithm>

namespace majlis::commands {

void Confirmations::add(const lists::List& list, const mail::Address& requester, lists::TokenLetter letter,
                        std::string shown) {
  asked_.push_back({requester, &list, {std::move(shown), std::move(letter.token)}, std::move(letter.letter)});
}

void Confirmations::add(const lists::List* list, const mail::Address& address, lists::AskedCommand command) {
  asked_.push_back({address, list, std::move(command), std::nullopt});
}

bool Confirmations::asks(const mail::Address& address) const {
  return std::any_of(asked_.begin(), asked_.end(), [&](const Asked& asked) { return asked.address == address; });
}

bool Confirmations::asks(const mail::Address& address, const std::string& shown, const std::string& more) const {
  return std::any_of(asked_.begin(), asked_.end(), [&](const Asked& asked) {
    return asked.address == address && asked.command.shown == shown && asked.command.more == more;
  });
}

Status Confirmations::send(lists::Work& work, const mail::Address& requester, const lists::AnswerPlace& place,
                           const std::string& language) const {
  std::vector<mail::Address> addresses;
  for (const Asked& asked : asked_) {
    if (std::find(addresses.begin(), addresses.end(), asked.address) == addresses.end()) {
      addresses.push_back(asked.address);
    }
  }
  for (const mail::Address& address : addresses) {
    Status sent = send_to(work, {address, requester, place, language});
    if (!sent) return sent;
  }
  return {};
}

Status Confirmations::send_to(lists::Work& work, lists::CommandLetter letter) const {
  std::vector<const Asked*> of_address;
  for (const Asked& asked : asked_) {
    if (asked.address == letter.address) of_address.push_back(&asked);
  }
  const Asked& first = *of_address.front();
  if (of_address.size() == 1 && first.letter) {
    lists::send_letter(work, *first.list, *first.letter);
    return {};
  }
  const bool is_about_one =
      first.list != nullptr && std::all_of(of_address.begin(), of_address.end(), [&](const Asked* asked) {
        return asked->list != nullptr && asked->list->name() == first.list->name();
      });
  std::vector<lists::AskedCommand> commands;
  for (const Asked* asked : of_address) commands.push_back(asked->command);
  lists::FreshToken token = commands.front().token;
  if (commands.size() > 1) {
    Result<lists::FreshToken> several =
        lists::keep_several(work, is_about_one ? first.list->address() : "", letter.address, commands);
    if (!several) return several.error();
    token = std::move(*several);
  }
  if (is_about_one) letter.language = first.list->config().text(lists::Setting::language);
  lists::send_command_letter(work, letter, commands, token);
  return {};
}

}  // namespace majlis::commands
