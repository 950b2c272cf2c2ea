#include "commands/tongues/listserv_codes.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "commands/reading/plain_words.h"
#include "commands/reading/secret_words.h"
#include "commands/tongues/listserv_cards.h"
#include "commands/tongues/listserv_line.h"
#include "tongues/listserv.h"

namespace majlis::commands {
namespace {

using tongues::Request;
using tongues::Verb;
using Words = std::vector<std::string>;

struct RulingWord {
  std::string_view word;
  Verb verb;
};
constexpr std::array kRulingWords = {
    RulingWord{"reject", Verb::reject}, RulingWord{"discard", Verb::discard}, RulingWord{"trust", Verb::trust},
    RulingWord{"ban", Verb::ban},       RulingWord{"claim", Verb::claim},
};

struct PasswordWord {
  std::string_view word;
  std::size_t least;  // letters that are enough
  std::string_view action;
};
constexpr std::array kPasswordWords = {
    PasswordWord{"add", 3, "add"},
    PasswordWord{"change", 2, "add"},
    PasswordWord{"rep", 3, "add"},
    PasswordWord{"reset", 3, "reset"},
};

constexpr std::size_t kMaxPieces = 3;     // of a code
constexpr std::size_t kMaxNameWords = 2;  // of whoever writes, below a command

const RulingWord* ruling_of(std::string_view word) {
  const auto row = std::find_if(kRulingWords.begin(), kRulingWords.end(), [&](const RulingWord& each) {
    return equals_ignoring_case(without_marks(word), each.word);
  });
  return row == kRulingWords.end() ? nullptr : row;
}

// As quoted-printable leaves it at the end of a line that goes on.
std::string_view without_soft_break(std::string_view word) {
  if (word.ends_with('=')) word.remove_suffix(1);
  return word;
}

// Whether a line says more than a verb could begin a sentence with: a list, an address, a code, an option.
bool has_form_of_command(std::string_view line, const ListWordOf& list_word_of) {
  const ListservWords words = take_apart(line);
  const tongues::VerbRow* row = tongues::match_verb(tongues::kListserv, words.verb).row;
  const std::optional<Verb> verb = row != nullptr ? row->verb : tongues::verb_in_any(words.verb);
  if (!verb || *verb == Verb::not_here) return false;
  if (words.arguments.empty() || *verb == Verb::personal_password || *verb == Verb::lists) return true;
  if (!words.options.empty() || !words.password.empty()) return true;
  return std::any_of(words.arguments.begin(), words.arguments.end(), [&](const std::string& word) {
    const bool is_option = *verb == Verb::set && tongues::match_option(tongues::kListserv, word) != nullptr;
    return is_option || word == tongues::kAll || is_secret(word) || looks_like_address(word) ||
           list_word_of(word) == ListWord::known;
  });
}

}  // namespace

std::string with_code_below(std::string command, CommandLines& lines) {
  const std::vector<std::string_view> words = split_words(command);
  const std::string ok = tongues::word_of(tongues::kListserv, Verb::auth);
  if (words.empty() || words.size() > 3 || !equals_ignoring_case(words.front(), ok) || is_secret(words.back())) {
    return command;
  }
  const bool lacks_code = words.size() == 1 || (words.size() == 2 && ruling_of(words.back()) != nullptr);
  if (words.size() == 3 && ruling_of(words[1]) == nullptr) return command;
  std::string code(lacks_code ? "" : without_soft_break(words.back()));
  CommandLines ahead = lines;
  for (std::size_t pieces = 1; pieces < kMaxPieces; ++pieces) {
    const auto next = ahead.next();
    if (!next) break;
    const std::vector<std::string_view> rest = split_words(*next);
    code += without_soft_break(rest.front());
    const bool is_whole = is_secret(code);
    if (!is_whole && rest.size() > 1) break;
    if (!is_whole) continue;
    lines = ahead;
    command.resize(lacks_code ? command.size() : static_cast<std::size_t>(words.back().data() - command.data()));
    command.append(lacks_code ? " " : "").append(code);
    for (std::size_t i = 1; i < rest.size(); ++i) command.append(" ").append(rest[i]);
    return command;
  }
  return command;
}

void take_reason_below(Request& request, CommandLines& lines, const ListWordOf& list_word_of) {
  const bool is_meant = request.verb == Verb::discard && !request.arguments.empty() &&
                        request.word.ends_with(tongues::word_of(tongues::kListserv, Verb::reject));
  if (!is_meant) return;
  CommandLines ahead = lines;
  std::string reason = ahead.text_while([&](std::string_view line) {
    const std::string_view trimmed = trim(line);
    const bool ends = !is_text_line(line) || trimmed == "--" || trimmed.starts_with('>');
    return trimmed.empty() || !(ends || has_form_of_command(trimmed, list_word_of));
  });
  const std::string_view words = trim(reason);
  if (words.empty()) return;
  const bool stands_apart = trim(reason.substr(0, reason.find('\n'))).empty();
  if (stands_apart && split_words(words).size() <= kMaxNameWords) return;
  lines = ahead;
  request.verb = Verb::reject;
  request.text = std::move(reason);
}

void read_ok(Request& request, const Words& words) {
  const RulingWord* ruling = words.empty() ? nullptr : ruling_of(words.front());
  const bool rules = ruling != nullptr;
  const std::size_t at = rules ? 1 : 0;
  const bool has_code = words.size() > at && (is_secret(words[at]) || words[at] == tongues::kAll);
  if (rules) {
    const bool is_for_all = has_code && words[at] == tongues::kAll && words.size() > at + 1 && is_secret(words[at + 1]);
    const bool has_reason = words.size() > at + (has_code ? 1 : 0) + (is_for_all ? 1 : 0);
    // Without a code it answers a notice, and the reason may stand below.
    request.verb = ruling->verb == Verb::reject && has_code && !has_reason ? Verb::discard : ruling->verb;
    request.word += ' ';
    request.word += ruling->word;
    request.arguments.assign(words.begin() + 1, words.end());
  } else {
    const bool is_held = has_code && (words[at] == tongues::kAll || words[at].find('.') != std::string::npos);
    request.verb = is_held ? Verb::accept : Verb::auth;
    if (has_code) request.arguments.assign(words.begin(), is_held ? words.end() : words.begin() + 1);
    if (!has_code) request.has_other_words = !words.empty();
  }
  request.needs_office = tongues::decides(request.verb);
  if (rules) request.echo = echo_of_answer(request);
}

void read_pw(Request& request, const Words& words) {
  if (words.empty()) return;
  const auto row = std::find_if(kPasswordWords.begin(), kPasswordWords.end(), [&](const PasswordWord& each) {
    const bool fits = words.front().size() >= each.least && starts_with_ignoring_case(each.word, words.front());
    return fits && (each.action == "reset") == (words.size() == 1);
  });
  if (row == kPasswordWords.end()) return;
  request.arguments.emplace_back(row->action);
  request.arguments.insert(request.arguments.end(), words.begin() + 1, words.end());
  request.echo = request.word + " " + std::string(row->word) + (words.size() > 1 ? " " + std::string(kMask) : "");
}

}  // namespace majlis::commands
