#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::commands {

// What can be asked, whatever the tongue.
enum class Verb {
  subscribe,
  unsubscribe,
  set,
  auth,
  approve,
  lists,
  info,
  intro,
  who,
  which,
  index,
  get,
  help,
  end,
  accept,
  reject,
  discard,
  passwd,
  newinfo,
  newintro,
  config,
  newconfig,
  writeconfig,
  mkdigest,
  confirm,
  not_understood,
};

// One line a person wrote, read but not yet judged.
struct Request {
  Verb verb = Verb::not_understood;
  std::string word;                    // the verb's canonical spelling, or the word as written, lower case
  std::vector<std::string> arguments;  // behind the word
  std::string echo;                    // the line as it may be shown again: secrets as "***"
  std::string text_tag;                // the line that ends the text behind this one ("EOF"), "" when none follows
  std::optional<std::string> text;  // that text, or reject's reason, LF line ends; nullopt: none, or its end is missing
  std::vector<std::string> candidates;  // the verbs an ambiguous abbreviation may stand for
  bool is_too_long = false;             // of a line that was not understood: that is why
  std::string advice{};                 // of a line that was not understood: what to write instead, if that is known
};

}  // namespace majlis::commands
