#include "commands/incoming.h"

#include <algorithm>

#include "base/text.h"
#include "commands/desk/decision_word.h"
#include "commands/desk/unsubscribe_subject.h"
#include "commands/notice_approval.h"
#include "commands/reading/assent.h"
#include "commands/reading/command_lines.h"
#include "commands/reading/own_words.h"
#include "commands/reading/plain_words.h"
#include "commands/reading/refusal.h"
#include "commands/reading/reply_subject.h"
#include "commands/reading/secret_words.h"
#include "commands/subject_token.h"
#include "commands/tongues/echo.h"
#include "commands/tongues/flowed_lines.h"
#include "commands/tongues/tongues.h"
#include "lists/posts/reading/approved.h"

namespace majlis::commands {
namespace {

using lists::Role;
using tongues::Request;
using tongues::Trouble;
using tongues::Verb;
using tongues::VerbRow;

constexpr std::size_t kMaxOctetsThatDiscard = 60;

// LIST-subscribe and its like are a command by address; what the message says does not matter, but for the Subject that
// a member's own List-Unsubscribe makes.
std::optional<Request> request_by_address(const Tongue& tongue, Role role, const std::string& subject) {
  if (role != Role::subscribe && role != Role::unsubscribe) return std::nullopt;
  Request request;
  request.verb = role == Role::subscribe ? Verb::subscribe : Verb::unsubscribe;
  request.word = tongues::word_of(*tongue.dialect, request.verb);
  request.echo = request.word;
  const auto link = role == Role::unsubscribe ? read_unsubscribe_subject(subject) : std::nullopt;
  if (link) {
    request.arguments = {link->address.text()};
    request.echo += " " + shown_word(link->address.text(), kMaxLineOctets);
    request.link_token = link->token;
  }
  return request;
}

// What the Subject of a message without commands may ask for: it changes nothing that is not confirmed or the mail of
// whom it is about.
bool may_stand_in_subject(Verb verb) {
  switch (verb) {
    case Verb::subscribe:
    case Verb::unsubscribe:
    case Verb::lists:
    case Verb::info:
    case Verb::intro:
    case Verb::who:
    case Verb::which:
    case Verb::show:
    case Verb::index:
    case Verb::help: return true;
    default: return false;
  }
}

// "mailto:LIST-request?subject=help" (List-Help, RFC 2369) opens a message whose text stays empty but for a telephone's
// "Sent from ...".
void take_command_from_subject(const Tongue& tongue, std::vector<Request>& requests, const std::string& subject,
                               const ListWordOf& list_word_of) {
  const bool has_command = std::any_of(requests.begin(), requests.end(), [](const Request& request) {
    return request.verb != Verb::not_understood && request.verb != Verb::end;
  });
  if (has_command) return;
  const VerbRow* row = tongues::find_verb(*tongue.dialect, subject);
  if (row != nullptr && may_stand_in_subject(row->verb)) requests = tongue.read(subject, 1, list_word_of);
}

// "reject because it is long" has a reason; "accept or reject?", "accept nothing" are no decision.
bool is_decided(const Request& request) {
  const std::size_t words = request.arguments.size();
  if (words == 0 || (words == 1 && request.arguments.front() == tongues::kAll)) return true;
  const bool asks = request.arguments.back().ends_with('?') || equals_ignoring_case(request.arguments.front(), "or");
  return request.verb == Verb::reject && !asks;
}

bool lacks_token(const Request& request) {
  if (!tongues::decides(request.verb)) return false;
  const auto decided = decision_word_of(request);
  return !decided || !is_secret(decided->word);
}

// "reject" without a token answers a letter that has several, and what stands below it may be that letter.
void drop_below_undirected(std::vector<Request>& requests) {
  const auto decision = std::find_if(requests.begin(), requests.end(), lacks_token);
  if (decision != requests.end()) requests.erase(decision + 1, requests.end());
}

Request nothing_said() {
  Request request;
  request.verb = Verb::not_understood;
  request.trouble = Trouble::no_decision;
  return request;
}

// The word that accepts is the one that confirms as well ("ok").
bool confirms_as_it_accepts(const Tongue& tongue) {
  return tongues::word_of(*tongue.dialect, Verb::accept) == tongues::word_of(*tongue.dialect, Verb::auth);
}

// "accept", "reject", "discard" ...; "approve" alone is what a moderator of Majordomo's would write.
bool is_decision(const Tongue& tongue, std::string_view word) {
  const VerbRow* row = tongues::find_verb(*tongue.dialect, without_marks(word));
  if (row == nullptr) return false;
  const bool accepts = row->verb == Verb::auth && confirms_as_it_accepts(tongue);
  return tongues::decides(row->verb) || row->verb == Verb::approve || accepts;
}

// A moderator's own words from his first on, which is to decide: behind "Hello,".
std::string_view from_decision(const Tongue& tongue, std::string_view text) {
  std::string_view rest = text;
  while (const auto written = next_line(rest)) {
    const std::string_view line = trim(*written);
    if (line.empty() || (is_greeting(line) && !is_decision(tongue, split_words(line).front()))) {
      text = rest;
    } else {
      break;
    }
  }
  return text;
}

// Below the line that decides.
std::string below(std::string_view text) {
  next_line(text);
  return std::string(text);
}

// "ok": the token stands elsewhere.
bool is_bare_confirmation(const Request& request) { return request.verb == Verb::auth && request.arguments.empty(); }

// A moderator's one-word reply: "accept" above a quoted notice, whose token stands in the Subject. It is the first of
// his own words (`words`, read as `requests`); another one, more than one, or none gets told which there are.
void answer_notice(const Tongue& tongue, std::vector<Request>& requests, std::string_view words,
                   const std::string& token) {
  if (find_command(requests) == nullptr) requests = {nothing_said()};
  Request& first = requests.front();
  const bool is_ok = first.verb == Verb::auth && confirms_as_it_accepts(tongue);
  if ((first.verb == Verb::approve || is_ok) && first.arguments.empty() && !first.has_other_words) {
    first.verb = Verb::accept;
    first.word = tongues::word_of(*tongue.dialect, Verb::accept);
  }
  const bool contradicts = first.verb != Verb::reject && std::any_of(requests.begin() + 1, requests.end(), lacks_token);
  const bool is_other_command =
      !lacks_token(first) && first.verb != Verb::not_understood && !is_bare_confirmation(first);
  if (is_other_command) return;
  if (lacks_token(first) && is_decided(first) && !contradicts) {
    if (first.verb == Verb::reject) first.text = below(words);
    first.needs_office = confirms_as_it_accepts(tongue);  // a code of LISTSERV's is bound to whom it was mailed to
    first.echo = echo_of_answer(first);
  } else {
    first.verb = Verb::not_understood;
    first.arguments.clear();
    first.candidates.clear();
    if (first.trouble == Trouble::none) first.trouble = Trouble::no_decision;
  }
  const bool is_for_all = !first.arguments.empty() && first.arguments.front() == tongues::kAll;
  first.arguments.insert(first.arguments.begin() + (is_for_all ? 1 : 0), token);
  requests.resize(1);
}

// A message to read, and how its lines are.
struct Reading {
  const Tongue* tongue;
  const mail::Message* message;
  std::string text;
  ListWordOf list_word_of;
  std::string domain;  // ours
  const Tongue* besides = nullptr;

  std::vector<Request> read(std::string_view lines) const {
    std::vector<Request> requests = tongue->read(lines, kMaxCommandsApproved + 1, list_word_of, besides);
    for (Request& request : requests) {
      if (request.verb == Verb::reject && request.text && confirms_as_it_accepts(*tongue)) keep_reason(request);
    }
    return requests;
  }

 private:
  // What a mail program put there is no reason; without one nobody is told.
  void keep_reason(Request& request) const {
    const auto writer = message->author();
    request.text = words_for_others(*request.text, domain, writer ? writer->address.text() : "");
    if (trim(*request.text).empty()) request.verb = Verb::discard;
  }
};

bool is_confirmation_by(const Request& request, std::string_view token) {
  return request.verb == Verb::auth && !request.arguments.empty() &&
         equals_ignoring_case(request.arguments.front(), token);
}

bool is_blank_text(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

tongues::PlainReply plain_reply(const mail::Message& message, std::string words, const std::string& domain) {
  const bool is_readable = is_blank_text(message.body()) || message.first_text(1).has_value();
  std::string text = words_for_others(words, domain, "");
  return {message.subject(), std::move(words), std::move(text), is_readable, /*is_known_by_address=*/false};
}

// A plain reply to the letter that has this token: it may confirm. Begins it with the line that confirms, that is what
// does.
std::vector<Request> reply_with(const Reading& reading, const std::string& domain, const std::string& token) {
  std::string words = own_words(reading.text, domain);
  const std::vector<Request> requests = reading.read(words);
  if (!requests.empty() && is_confirmation_by(requests.front(), token)) {
    return {confirmation_by(*reading.tongue, token, std::nullopt)};
  }
  return {confirmation_by(*reading.tongue, token, plain_reply(*reading.message, std::move(words), domain))};
}

// The same at LIST-confirm+TOKEN.
std::vector<Request> mail_to_token(const Reading& reading, const std::string& domain, const std::string& token) {
  std::vector<Request> requests = reply_with(reading, domain, token);
  for (Request& request : requests) {
    if (request.reply) request.reply->is_known_by_address = reading.tongue->dialect->confirms_by_address;
  }
  return requests;
}

// A reply to a challenge whose token did not fit into an address. Commands in the writer's own words that are
// understood are obeyed instead, but for the one that says the same.
void answer_challenge(const Reading& reading, std::vector<Request>& requests, const std::string& domain,
                      const std::string& token) {
  requests = reading.read(own_words(reading.text, domain));
  const bool has_command = std::any_of(requests.begin(), requests.end(), [](const Request& request) {
    return request.verb != Verb::not_understood && request.verb != Verb::end && request.verb != Verb::confirm &&
           !is_bare_confirmation(request);
  });
  if (!has_command) requests = reply_with(reading, domain, token);
  for (Request& request : requests) {
    if (is_bare_confirmation(request) && !request.has_other_words)
      request = confirmation_by(*reading.tongue, token, std::nullopt);
  }
}

// A letter of ours is answered in the tongue it is written in, whatever the address.
void take_token_from_subject(Reading reading, std::vector<Request>& requests, const std::string& domain) {
  const auto [token, tongue] = token_in_subject(reading.message->subject());
  if (tongue != nullptr && tongue != reading.tongue && tongue_besides(*tongue) == reading.tongue) {
    reading.tongue = tongue;
    reading.besides = tongue_besides(*tongue);
  }
  if (token.find('.') != std::string::npos) {
    const auto writer = reading.message->author();
    const std::string words = words_for_others(reading.text, domain, writer ? writer->address.text() : "");
    const std::string_view meant = from_decision(*reading.tongue, words);
    requests = reading.read(meant);
    answer_notice(*reading.tongue, requests, meant, token);
  } else if (!token.empty()) {
    answer_challenge(reading, requests, domain, token);
  }
}

// As it is written, for a tongue to read.
std::string text_of(const Tongue& tongue, const mail::Message& message) {
  const auto keeps_break = [&](const mail::SoftBreak& at) { return stands_alone(*tongue.dialect, at); };
  return without_armour(message.written_text(kMaxCommandOctets, keeps_break).value_or(""));
}

// More than silence: "ok", "yes".
bool assents_in_words(std::string_view own) { return !own.empty() && assents(own); }

// Behind a right "Approved: PASSWORD" a decision lets what waits pass; a reply without one, and without more than a few
// words, throws it away, where somebody says so who decides about it. In Mailman's tongue both are "confirm CODE". A
// word of ours decides; whatever else is written there decides nothing.
void decide_by_password(const Reading& reading, const std::string& domain, std::vector<Request>& requests) {
  const mail::Message& message = *reading.message;
  for (Request& request : requests) {
    const bool is_held = request.verb == Verb::auth && !request.arguments.empty() &&
                         request.arguments.front().find('.') != std::string::npos;
    if (!is_held) continue;
    request.password = lists::take_approved(message, lists::Resubmission::is_not_one).password;
    request.needs_password = !request.password.empty();
    request.needs_office = !request.needs_password;
    request.verb = request.needs_password ? Verb::accept : Verb::discard;
    if (request.needs_password) continue;
    const tongues::PlainReply reply = plain_reply(message, own_words(reading.text, domain), domain);
    const std::string_view own = trim(reply.text);
    const bool is_short = own.size() <= kMaxOctetsThatDiscard && own.find('\n') == std::string_view::npos;
    const std::string written = to_lower_ascii(reply.own_words);
    const bool has_approved =
        written.find("approve") != std::string::npos || written.find("approuv") != std::string::npos;
    const VerbRow* row =
        own.empty() ? nullptr : tongues::find_verb(*reading.tongue->dialect, without_marks(split_words(own).front()));
    if (row != nullptr && tongues::decides(row->verb)) {
      request.verb = row->verb;
      const std::vector<std::string_view> words = split_words(own);  // a reason behind the first
      request.arguments.insert(request.arguments.end(), words.begin() + 1, words.end());
    } else if (!reply.is_readable || !is_short || has_approved || assents_in_words(own) || puts_off(own) ||
               is_absence_note(own)) {
      request = nothing_said();
    }
  }
}

// The Subject's command stands in front of those of the text.
void add_from_subject(const Reading& reading, std::string_view text, std::vector<Request>& requests) {
  const Tongue& tongue = *reading.tongue;
  if (tongue.command_in_subject == nullptr) return;
  const std::string line = tongue.command_in_subject(reading.message->subject());
  if (!line.empty()) requests = reading.read(line + "\n" + std::string(text));
}

}  // namespace

std::vector<Request> read_requests(const Tongue& tongue, const lists::Destination& destination,
                                   const ListLookup& lookup, const mail::Message& message) {
  if (auto request = request_by_address(tongue, destination.role, message.subject())) return {*request};
  const auto list_word_of = [&](std::string_view word) {
    if (lookup.find(word)) return ListWord::known;
    return lookup.default_list() ? ListWord::none : ListWord::unknown;
  };
  const Tongue* besides = lookup.default_list() ? tongue_besides(tongue) : nullptr;
  const std::string& domain = lookup.default_domain();
  const Reading reading{&tongue, &message, text_of(tongue, message), list_word_of, domain, besides};
  if (const auto approval = approval_by_tool(tongue, message, reading.text)) return {*approval};
  if (const auto approval = approval_of_notice(tongue, message)) return {*approval};
  if (destination.role == Role::confirm) return mail_to_token(reading, domain, destination.tag);
  // What a mail program quotes without a mark is a letter of ours, with lines that would decide.
  const bool is_reply = message.has_field("In-Reply-To") || !read_reply_subject(message.subject()).answered.empty();
  const std::string text = is_reply ? words_for_others(reading.text, domain, "") : reading.text;
  std::vector<Request> requests = reading.read(text);
  add_from_subject(reading, text, requests);
  take_command_from_subject(tongue, requests, message.subject(), list_word_of);
  take_token_from_subject(reading, requests, domain);
  if (tongue.dialect->asks_by_attachment) decide_by_password(reading, domain, requests);
  if (is_reply) drop_below_undirected(requests);
  return requests;
}

tongues::PlainReply read_plain_reply(const Tongue& tongue, const mail::Message& message, const std::string& domain) {
  return plain_reply(message, own_words(text_of(tongue, message), domain), domain);
}

std::string quoted_token(const Tongue& tongue, const mail::Message& message) {
  const SubjectToken in_subject = token_in_subject(message.subject());
  if (!in_subject.token.empty()) return in_subject.token;
  const std::string text = text_of(tongue, message);
  const std::string word = tongues::word_of(*tongue.dialect, Verb::auth);
  std::string_view rest = text;
  while (const auto line = next_line(rest)) {
    const std::size_t begin = line->find_first_not_of("> \t");
    if (begin == std::string_view::npos) continue;
    const std::vector<std::string_view> words = split_words(line->substr(begin));
    if (words.size() > 1 && words[0] == word && is_secret(words[1])) return std::string(words[1]);
  }
  return {};
}

const Request* find_command(const std::vector<Request>& requests) {
  const auto found =
      std::find_if(requests.begin(), requests.end(), [](const Request& request) { return request.verb != Verb::end; });
  return found == requests.end() ? nullptr : &*found;
}

}  // namespace majlis::commands
