#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace majlis::commands {

// What can be asked, whatever the tongue.
enum class Verb {
  subscribe,
  unsubscribe,
  auth,
  approve,
  lists,
  info,
  intro,
  who,
  which,
  help,
  end,
  accept,
  reject,
  discard,
  not_understood,
};

// One line a person wrote, read but not yet judged.
struct Request {
  Verb verb = Verb::not_understood;
  std::string word;                    // as written, lower case
  std::vector<std::string> arguments;  // behind the word
  std::string echo;                    // the line as it may be shown again: secrets as "***"
};

}  // namespace majlis::commands
