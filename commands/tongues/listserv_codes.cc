#include "commands/tongues/listserv_codes.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "commands/reading/plain_words.h"
#include "commands/reading/secret_words.h"
#include "commands/tongues/echo.h"

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

}  // namespace

void read_ok(Request& request, const Words& words) {
  const auto ruling = std::find_if(kRulingWords.begin(), kRulingWords.end(), [&](const RulingWord& row) {
    return !words.empty() && equals_ignoring_case(without_marks(words.front()), row.word);
  });
  const bool rules = ruling != kRulingWords.end();
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
