#include "commands/tongues/listserv_cards.h"

#include <string_view>

#include "base/text.h"

namespace majlis::commands {
namespace {

constexpr std::string_view kCard = "//";
constexpr std::string_view kEndOfData = "/*";
constexpr std::string_view kSignature = "-- ";

enum class Kind { command, job, end_of_job, data };

// What stands on a card behind its name; without one ("// JOB") the name is left out.
struct Card {
  Kind kind = Kind::command;
  std::string_view rest;  // behind "//"
};

bool is_word(std::string_view word, std::string_view wanted) { return equals_ignoring_case(word, wanted); }

Card card_of(std::string_view line) {
  const std::string_view rest = line.substr(kCard.size());
  const bool has_name = !rest.empty() && !is_blank(rest.front());
  const std::vector<std::string_view> words = split_words(rest);
  const std::size_t at = has_name ? 1 : 0;
  if (words.size() <= at) return {Kind::command, rest};
  if (is_word(words[at], "JOB")) return {Kind::job, rest};
  if (is_word(words[at], "EOJ")) return {Kind::end_of_job, rest};
  if (is_word(words[at], "DD")) return {Kind::data, rest};
  return {Kind::command, rest};
}

bool is_card(std::string_view line) { return line.starts_with(kCard); }

bool has_option(std::string_view card, std::string_view wanted) {
  for (const std::string_view word : split_words(card)) {
    for (const std::string_view option : split_at(word, ',')) {
      if (is_word(option, wanted)) return true;
    }
  }
  return false;
}

// "command ...," with the lines it goes on in.
std::string joined(std::string_view first, CommandLines& lines) {
  std::string command(trim(first));
  for (std::size_t count = 0; command.ends_with(',') && count < kMaxContinuations; ++count) {
    const auto next = lines.next();
    if (!next || command.size() > kMaxLineOctets) break;
    command.pop_back();
    command += " " + *next;
  }
  if (command.ends_with(',')) command.pop_back();
  return command;
}

std::string data_lines(CommandLines& lines) {
  std::string data;
  for (CommandLines ahead = lines; const auto line = ahead.next(); lines = ahead) {
    if (is_card(*line)) return data;
    if (line->starts_with(kEndOfData)) break;
    data.append(*line).append("\n");
  }
  return data;
}

}  // namespace

bool is_text_line(std::string_view line) {
  while (line.ends_with('\r')) line.remove_suffix(1);
  return !is_card(line) && !line.starts_with(kEndOfData) && line != kSignature;
}

void skip_to_job(CommandLines& lines) {
  CommandLines before = lines;
  for (CommandLines ahead = lines; const auto line = ahead.next(); before = ahead) {
    if (!is_card(*line) || card_of(*line).kind != Kind::job) continue;
    lines = before;
    return;
  }
}

std::optional<ListservLine> next_listserv_line(CommandLines& lines) {
  while (const auto line = lines.next()) {
    if (line->starts_with(kEndOfData)) continue;
    if (!is_card(*line)) return ListservLine{*line};
    const Card card = card_of(*line);
    switch (card.kind) {
      case Kind::job: return ListservLine{"", true, !has_option(card.rest, "ECHO=NO")};
      case Kind::command: return ListservLine{joined(card.rest, lines)};
      case Kind::data: {
        ListservLine data;
        data.data_name = split_words(card.rest).front();
        data.data = data_lines(lines);
        return data;
      }
      case Kind::end_of_job:
        // Without another job nothing follows.
        CommandLines behind = lines;
        skip_to_job(behind);
        const auto next = CommandLines(behind).next();
        if (!next || !is_card(*next) || card_of(*next).kind != Kind::job) return std::nullopt;
        lines = behind;
        break;
    }
  }
  return std::nullopt;
}

}  // namespace majlis::commands
