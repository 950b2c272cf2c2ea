#include "mail/bounces/refusal_words.h"

#include <algorithm>
#include <array>

#include "base/digit.h"
#include "base/text.h"
#include "base/unicode.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kPunctuation = "()[]<>{}.,;:!?*#\"'`";

std::string_view bare(std::string_view word) {
  const std::size_t begin = word.find_first_not_of(kPunctuation);
  if (begin == std::string_view::npos) return {};
  return word.substr(begin, word.find_last_not_of(kPunctuation) + 1 - begin);
}

// "550-User" of a reply of several lines.
std::string_view without_code(std::string_view word) {
  const bool has_code =
      word.size() > 4 && is_digit(word[0]) && is_digit(word[1]) && is_digit(word[2]) && word[3] == '-';
  return has_code ? word.substr(4) : word;
}

// Only a name: of a host, a mailbox, a page, a value.
bool is_name(std::string_view word) {
  if (word.find_first_of("@=\\") != std::string_view::npos || word.find("://") != std::string_view::npos) return true;
  const std::size_t dot = word.find('.');
  return dot != std::string_view::npos && dot + 1 < word.size();
}

std::vector<std::string> words_of(std::string_view lower) {
  std::vector<std::string> words;
  for (const std::string_view piece : split_words(lower)) {
    if (is_name(bare(piece))) continue;
    for (const std::string_view part : split_at(piece, '/')) {
      const std::string_view word = bare(without_code(bare(part)));
      if (!word.empty()) words.emplace_back(word);
    }
  }
  return words;
}

// How mail systems name the command that was refused before any recipient was: Postfix "in reply to MAIL FROM
// command", Exim "error from remote mail server after MAIL FROM:", DragonFly "did not like our EHLO", qmail "Connected
// to ... but sender was rejected".
constexpr std::array<std::string_view, 5> kBeforeCommand = {"in reply to ", "after ", "after pipelined ",
                                                            "did not like our ", ">>> "};
constexpr std::array<std::string_view, 4> kEarlyCommands = {"mail from", "ehlo", "helo", "initial "};
constexpr std::array<std::string_view, 4> kEarlyPhrases = {"but sender was rejected", "but my name was rejected",
                                                           "but greeting failed", "refused to talk to me"};

bool names_early_command(std::string_view lower) {
  const auto stands = [&](std::string_view phrase) { return lower.find(phrase) != std::string_view::npos; };
  if (std::any_of(kEarlyPhrases.begin(), kEarlyPhrases.end(), stands)) return true;
  return std::any_of(kBeforeCommand.begin(), kBeforeCommand.end(), [&](std::string_view before) {
    return std::any_of(kEarlyCommands.begin(), kEarlyCommands.end(),
                       [&](std::string_view command) { return stands(std::string(before) + std::string(command)); });
  });
}

// Of a dialogue (">>> command", "<<< reply") the first refusal and the command in front of it.
std::string_view refused_part(std::string_view lower) {
  constexpr std::string_view kReply = "<<< ";
  std::size_t reply = lower.find(kReply);
  while (reply != std::string_view::npos && lower.substr(reply + kReply.size(), 1) != "5") {
    reply = lower.find(kReply, reply + 1);
  }
  if (reply == std::string_view::npos) return lower;
  const std::size_t command = lower.rfind(">>> ", reply);
  return lower.substr(command == std::string_view::npos ? reply : command);
}

bool is_permanent(std::string_view lower) {
  for (std::size_t at = lower.find('5'); at != std::string_view::npos; at = lower.find('5', at + 1)) {
    const bool begins = at == 0 || std::string_view(" :;<(").find(lower[at - 1]) != std::string_view::npos;
    if (begins && at + 2 < lower.size() && is_digit(lower[at + 1]) && is_digit(lower[at + 2])) return true;
    if (begins && at + 2 < lower.size() && lower[at + 1] == '.') return true;
  }
  return false;
}

}  // namespace

RefusalWords::RefusalWords(std::string_view text) {
  const std::string plain = with_plain_blanks(utf8_prefix(text, kMaxRefusalOctets));
  for (const std::string_view word : split_words(plain)) {
    if (!lower.empty()) lower += ' ';
    lower += to_lower_ascii(word);
  }
  lower = std::string(refused_part(lower));
  is_to_greeting = names_early_command(lower) && is_permanent(lower);
  words = words_of(lower);
}

}  // namespace majlis::mail
