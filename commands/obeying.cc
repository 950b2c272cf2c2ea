#include "commands/obeying.h"

#include <algorithm>

#include "base/text.h"
#include "commands/desk/given_password.h"
#include "commands/incoming.h"
#include "commands/reading/command_lines.h"
#include "commands/reading/secret_words.h"
#include "commands/verbs/verbs.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxShownOption = 20;
constexpr std::size_t kMaxShownWord = 60;

std::string candidates_of(const Request& request) {
  std::string candidates;
  for (const std::string& word : request.candidates) candidates += (candidates.empty() ? "" : ", ") + word;
  return candidates;
}

// A word that is no option may be anything, a password too.
std::string shown_option(const std::string& word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'z'; })
             ? printable_utf8(word, kMaxShownOption)
             : std::string(kMask);
}

void complain_about_word(Desk& desk, const Request& request) {
  if (request.trouble == tongues::Trouble::too_long) {
    desk.say(Reply::line_too_long,
             {{"octets", std::to_string(kMaxLineOctets)}, {"lines", std::to_string(kMaxContinuations)}});
    return;
  }
  if (request.trouble == tongues::Trouble::option_unknown || request.trouble == tongues::Trouble::option_not_yet) {
    const bool is_unknown = request.trouble == tongues::Trouble::option_unknown;
    const std::string option = request.candidates.front();
    desk.say(is_unknown ? Reply::option_unknown : Reply::option_not_yet,
             {{"command", request.word},
              {"option", is_unknown ? shown_option(option) : printable_utf8(option, kMaxShownOption)}});
    return;
  }
  if (request.trouble == tongues::Trouble::data_twice) {
    desk.say(Reply::data_twice, {{"name", printable_utf8(request.candidates.front(), kMaxShownWord)}});
    return;
  }
  if (request.trouble == tongues::Trouble::surplus_word) {
    desk.say(Reply::surplus_word,
             {{"command", request.word}, {"word", shown_words(request.candidates.front(), kMaxShownWord)}});
    return;
  }
  const std::string word = to_lower_ascii(request.echo.substr(0, request.echo.find(' ')));
  if (!request.candidates.empty()) {
    desk.say(Reply::ambiguous, {{"word", word}, {"candidates", candidates_of(request)}});
    return;
  }
  // "ok", as another tongue confirms.
  const bool is_confirmation = tongues::verb_in_any(word) == tongues::Verb::auth;
  if (is_confirmation && desk.tongue().dialect->confirms_by_token) {
    desk.say(Reply::code_needed, {{"command", desk.word_of(Verb::auth)}});
  } else {
    desk.say(Reply::not_recognized, {{"word", word}});
  }
  if (desk.tongue().dialect->unknown_ends) desk.say(Reply::rest_not_read);
}

// "<<TAG" behind a command that no text belongs to.
bool is_text_astray(const Request& request) {
  const bool stands_for_another = request.secrets == tongues::Secrets::password_before;
  return !request.text_tag.empty() && !stands_for_another && request.takes == tongues::Takes::line;
}

// The password of a line counts for that line.
Status run_with_password(Desk& desk, const Request& request, VerbFunction function) {
  Status done = take_given_password(desk, request);
  if (!done) return done;
  if (desk.given() == Given::of_list) desk.set_proof(auth::Proof::list_password);
  if (!request.needs_password || desk.given() != Given::nothing) done = function(desk, request);
  desk.set_proof(auth::Proof::none);
  desk.set_given(Given::nothing);
  return done;
}

Status run_one(Desk& desk, const Request& request) {
  // A right password lets only those commands go beyond max_commands that it stands in.
  const bool has_password = tongues::gives_password(request);
  desk.count_command(has_password ? Desk::Counted::behind_password : Desk::Counted::plain);
  desk.begin_answer(request);
  if (request.verb == Verb::end) {
    desk.end_answers();
    return {};
  }
  if (request.trouble == tongues::Trouble::no_decision) return undecided(desk, request);
  const VerbFunction function = function_of(request.verb);
  if (function != nullptr && !is_text_astray(request)) return run_with_password(desk, request, function);
  if (function == nullptr) {
    complain_about_word(desk, request);
  } else {
    desk.say(Reply::takes_no_text, {{"command", request.word}});
  }
  return {};
}

std::size_t max_commands(Desk& desk) {
  const auto of_site = static_cast<std::size_t>(desk.work().site().config().max_commands);
  return desk.passwords().any_right() ? std::max(of_site, kMaxCommandsApproved) : of_site;
}

// Why the commands from here on are not obeyed, as it stands in the answer; "" as long as they are.
std::string reason_to_stop(Desk& desk) {
  const auto max_errors = static_cast<unsigned>(desk.work().site().config().max_errors);
  if (desk.errors() >= max_errors) return desk.phrased(Reply::too_many_errors);
  if (desk.is_answer_nearly_full()) return desk.phrased(Reply::answer_is_full);
  const auto of_site = static_cast<std::size_t>(desk.work().site().config().max_commands);
  const std::size_t most = max_commands(desk);
  if (desk.commands() < most && desk.plain_commands() < of_site) return {};
  const std::string obeyed = std::to_string(desk.commands() < most ? of_site : most);
  return desk.phrased(Reply::too_many_commands, {{"count", obeyed}});
}

// Behind words that are no command, in one line and not, as Majordomo did, as a whole text.
void tell_of_help(Desk& desk, const std::vector<Request>& requests) {
  const bool has_unknown = std::any_of(requests.begin(), requests.end(), [](const Request& request) {
    return request.verb == Verb::not_understood && request.trouble == tongues::Trouble::none;
  });
  const bool is_asked =
      std::any_of(requests.begin(), requests.end(), [](const Request& request) { return request.verb == Verb::help; });
  if (!has_unknown || is_asked || !desk.closing_words().empty()) return;
  desk.close_with(desk.phrased(Reply::help_is_there, {{"help", desk.word_of(Verb::help)}, {"server", desk.server()}}));
}

}  // namespace

Status obey_all(Desk& desk, const std::vector<Request>& requests) {
  if (find_command(requests) == nullptr) {
    for (const Request& signature : requests) desk.begin_answer(signature);
    desk.say(Reply::no_commands, {{"help", desk.word_of(Verb::help)}});
    desk.note_outcome(true);
    return {};
  }
  for (const Request& request : requests) {
    const std::string stop = request.verb == Verb::end ? "" : reason_to_stop(desk);
    if (!stop.empty()) {
      desk.close_with(stop + desk.tongue().phrase(Said::echo, request.echo));
      break;
    }
    const unsigned errors = desk.errors();
    Status done = run_one(desk, request);
    if (!done) return done;
    desk.note_outcome(desk.errors() > errors);
  }
  tell_of_help(desk, requests);
  return {};
}

}  // namespace majlis::commands
