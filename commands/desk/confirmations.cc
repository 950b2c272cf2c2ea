#include "commands/desk/confirmations.h"

#include <algorithm>

namespace majlis::commands {

void Confirmations::add(const lists::List& list, lists::TokenLetter letter, std::string shown) {
  asked_.push_back({&list, {std::move(shown), std::move(letter.token)}, std::move(letter.letter)});
}

void Confirmations::add(const lists::List* list, lists::AskedCommand command) {
  asked_.push_back({list, std::move(command), std::nullopt});
}

Status Confirmations::send(lists::Work& work, const mail::Address& requester, const lists::AnswerPlace& place,
                           const std::string& language) {
  if (asked_.empty()) return {};
  const Asked& first = asked_.front();
  if (asked_.size() == 1 && first.letter) {
    lists::send_letter(work, *first.list, *first.letter);
    return {};
  }
  const bool is_about_one = first.list != nullptr && std::all_of(asked_.begin(), asked_.end(), [&](const Asked& asked) {
                              return asked.list != nullptr && asked.list->name() == first.list->name();
                            });
  std::vector<lists::AskedCommand> commands;
  for (const Asked& asked : asked_) commands.push_back(asked.command);
  lists::FreshToken token = commands.front().token;
  if (commands.size() > 1) {
    Result<lists::FreshToken> several =
        lists::keep_several(work, is_about_one ? first.list->address() : "", requester, commands);
    if (!several) return several.error();
    token = std::move(*several);
  }
  const std::string spoken = is_about_one ? first.list->config().text(lists::Setting::language) : language;
  lists::send_command_letter(work, requester, place, spoken, commands, token);
  return {};
}

}  // namespace majlis::commands
