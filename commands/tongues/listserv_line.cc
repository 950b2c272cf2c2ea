#include "commands/tongues/listserv_line.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "commands/reading/mail_links.h"

namespace majlis::commands {
namespace {

using Words = std::vector<std::string>;

constexpr std::string_view kPassword = "PW=";
constexpr std::string_view kData = "DD=";
// What may stand behind any command, and means nothing here.
constexpr std::array<std::string_view, 5> kSettings = {kPassword, "F=", kData, "REPLY-TO=", "CKDATE="};

bool is(std::string_view word, std::string_view wanted) { return equals_ignoring_case(word, wanted); }

// Takes "PW=SECRET" off, also where a blank stands between.
bool take_setting(const Words& words, std::size_t& i, ListservWords& line) {
  const auto setting = std::find_if(kSettings.begin(), kSettings.end(),
                                    [&](std::string_view name) { return starts_with_ignoring_case(words[i], name); });
  if (setting == kSettings.end()) return false;
  if (*setting == kData) line.data = words[i].substr(kData.size());
  if (*setting != kPassword) return true;
  line.password = words[i].substr(kPassword.size());
  if (line.password.empty() && i + 1 < words.size()) line.password = words[++i];
  return true;
}

}  // namespace

ListservWords take_apart(std::string_view text) {
  Words words;
  for (const std::string_view word : split_words(text)) words.emplace_back(word);
  drop_mail_links(words);
  ListservWords line;
  line.is_quiet = words.size() > 1 && is(words.front(), "QUIET");
  if (line.is_quiet) words.erase(words.begin());
  if (words.empty()) return line;
  line.verb = words.front();
  bool is_in_options = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (take_setting(words, i, line)) continue;
    std::string_view word = words[i];
    is_in_options = is_in_options || word.starts_with('(');
    if (!is_in_options) {
      line.arguments.emplace_back(word);
      continue;
    }
    if (word.starts_with('(')) word.remove_prefix(1);
    is_in_options = !word.ends_with(')');
    if (!is_in_options) word.remove_suffix(1);
    if (!word.empty()) line.options.emplace_back(word);
  }
  return line;
}

std::string without_passwords(std::string_view data) {
  std::string kept;
  while (const auto line = next_line(data)) {
    const std::vector<std::string_view> written = split_words(*line);
    const auto is_password = [](std::string_view word) { return starts_with_ignoring_case(word, kPassword); };
    if (std::none_of(written.begin(), written.end(), is_password)) {
      kept.append(*line).append("\n");
      continue;
    }
    Words words;
    for (std::size_t i = 0; i < written.size(); ++i) {
      if (!is_password(written[i])) words.emplace_back(written[i]);
      if (is(written[i], kPassword)) ++i;  // "PW= SECRET"
    }
    kept.append(joined(words, 0)).append("\n");
  }
  return kept;
}

bool names_list(const Words& arguments, const ListWordOf& list_word_of) {
  return !arguments.empty() && list_word_of(arguments.front()) != ListWord::none;
}

std::string joined(const Words& words, std::size_t begin) {
  std::string text;
  for (std::size_t i = begin; i < words.size(); ++i) text += (text.empty() ? "" : " ") + words[i];
  return text;
}

}  // namespace majlis::commands
