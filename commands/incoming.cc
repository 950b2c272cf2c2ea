#include "commands/incoming.h"

#include <algorithm>

#include "base/text.h"
#include "commands/reading/command_lines.h"
#include "commands/reading/secret_words.h"
#include "commands/tongues/echo.h"
#include "commands/tongues/flowed_lines.h"

namespace majlis::commands {
namespace {

using lists::Role;
using tongues::Request;
using tongues::Trouble;
using tongues::Verb;
using tongues::VerbRow;

// LIST-subscribe and its like are a command by address; what the message says does not matter.
std::optional<Request> request_by_address(const Tongue& tongue, Role role) {
  if (role != Role::subscribe && role != Role::unsubscribe) return std::nullopt;
  Request request;
  request.verb = role == Role::subscribe ? Verb::subscribe : Verb::unsubscribe;
  request.word = tongues::word_of(*tongue.dialect, request.verb);
  request.echo = request.word;
  return request;
}

// What the Subject of a message without commands may ask for: it changes nothing that is not confirmed.
bool may_stand_in_subject(Verb verb) {
  switch (verb) {
    case Verb::subscribe:
    case Verb::unsubscribe:
    case Verb::lists:
    case Verb::info:
    case Verb::intro:
    case Verb::who:
    case Verb::which:
    case Verb::index:
    case Verb::help: return true;
    default: return false;
  }
}

// "mailto:LIST-request?subject=help" (List-Help, RFC 2369) opens a message whose text stays empty.
void take_command_from_subject(const Tongue& tongue, std::vector<Request>& requests, const std::string& subject,
                               const ListWordOf& list_word_of) {
  if (find_command(requests) != nullptr) return;
  const VerbRow* row = tongues::find_verb(*tongue.dialect, subject);
  if (row != nullptr && may_stand_in_subject(row->verb)) requests = tongue.read(subject, 1, list_word_of);
}

// The token our notice has at the end of its Subject. What stands before it a stranger may have chosen.
std::string token_in_subject(std::string_view subject) {
  std::string token;
  for (const std::string_view word : split_words(subject)) {
    if (!word.starts_with('[') || !word.ends_with(']')) continue;
    const std::string_view inside = word.substr(1, word.size() - 2);
    if (is_secret(inside)) token = inside;
  }
  return token;
}

bool is_settlement(Verb verb) { return verb == Verb::accept || verb == Verb::reject || verb == Verb::discard; }

// A moderator's one-word reply: "accept" above a quoted notice, whose token stands in the Subject. What is quoted below
// it is no command; another word gets told which there are.
void answer_notice(std::vector<Request>& requests, const std::string& token) {
  const auto lacks_token = [](const Request& request) {
    return is_settlement(request.verb) && (request.arguments.empty() || !is_secret(request.arguments.front()));
  };
  const auto reply = std::find_if(requests.begin(), requests.end(), lacks_token);
  if (reply != requests.end()) {
    reply->echo = echo_of_answer(*reply);
    reply->arguments.insert(reply->arguments.begin(), token);
    requests.erase(reply + 1, requests.end());
  } else if (!requests.empty() && requests.front().verb == Verb::not_understood) {
    requests.resize(1);
    requests.front().candidates.clear();
    if (requests.front().trouble == Trouble::none) requests.front().trouble = Trouble::no_decision;
  }
}

// A plain reply to a challenge whose token did not fit into an address: whatever it says, it confirms. Commands that
// are understood are obeyed instead, but for the one that says the same.
void answer_challenge(const Tongue& tongue, std::vector<Request>& requests, const std::string& token) {
  const bool has_command = std::any_of(requests.begin(), requests.end(), [](const Request& request) {
    return request.verb != Verb::not_understood && request.verb != Verb::end && request.verb != Verb::confirm;
  });
  if (!has_command) requests = {confirmation_by(tongue, token)};
}

void take_token_from_subject(const Tongue& tongue, std::vector<Request>& requests, const std::string& subject) {
  const std::string token = token_in_subject(subject);
  if (token.find('.') != std::string::npos) {
    answer_notice(requests, token);
  } else if (!token.empty()) {
    answer_challenge(tongue, requests, token);
  }
}

}  // namespace

std::vector<Request> read_requests(const Tongue& tongue, const lists::Destination& destination,
                                   const ListLookup& lookup, const mail::Message& message) {
  if (auto request = request_by_address(tongue, destination.role)) return {*request};
  if (destination.role == Role::confirm) return {};
  const auto list_word_of = [&](std::string_view word) {
    if (lookup.find(word)) return ListWord::known;
    return lookup.default_list() ? ListWord::none : ListWord::unknown;
  };
  const auto keeps_break = [&](const mail::SoftBreak& at) { return stands_alone(*tongue.dialect, at); };
  const std::string text = message.written_text(kMaxCommandOctets, keeps_break).value_or("");
  std::vector<Request> requests = tongue.read(without_armour(text), kMaxCommandsApproved + 1, list_word_of);
  take_command_from_subject(tongue, requests, message.subject(), list_word_of);
  take_token_from_subject(tongue, requests, message.subject());
  return requests;
}

const Request* find_command(const std::vector<Request>& requests) {
  const auto found =
      std::find_if(requests.begin(), requests.end(), [](const Request& request) { return request.verb != Verb::end; });
  return found == requests.end() ? nullptr : &*found;
}

}  // namespace majlis::commands
