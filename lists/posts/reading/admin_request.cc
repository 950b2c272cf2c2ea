#include "lists/posts/reading/admin_request.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "auth/password.h"
#include "base/text.h"
#include "lists/posts/reading/command_form.h"
#include "lists/posts/reading/request_words.h"
#include "tongues/listserv.h"
#include "tongues/mailman.h"

namespace majlis::lists {
namespace {

using Words = std::span<const std::string>;
using Names = std::span<const std::string_view>;

constexpr std::size_t kMaxCommandWords = 7;
constexpr std::size_t kMaxListCommandWords = 3;
constexpr std::size_t kMaxRequestOctets = 900;  // of the author's own text, an unmarked signature included
constexpr std::size_t kMaxShortOctets = 200;    // where a single word is enough
constexpr std::size_t kCommandLines = 3;
constexpr std::size_t kProseLines = 5;
constexpr std::size_t kMaxTestedText = 16 * 1024;
// "Please subscribe at ..." is advice to others, "I would like to subscribe" is not.
constexpr std::array<std::string_view, 6> kOwnWishes = {"want", "would", "wish", "need", "request", "i'd"};
constexpr std::array<std::string_view, 4> kOthers = {"you", "users", "people", "they"};
constexpr std::size_t kReach = 10;  // words between what belongs together

constexpr std::array<std::string_view, 33> kPlainArguments = {
    "me",   "us",      "my",  "from", "to",    "this",   "the",   "your",   "list",   "lists",       "mailing",
    "mail", "email",   "all", "off",  "end",   "please", "pls",   "now",    "you",    "thanks",      "thank",
    "asap", "address", "of",  "and",  "group", "e-mail", "mails", "emails", "digest", "mailinglist", "request"};
constexpr std::array<std::string_view, 14> kListWords = {"list",  "lists",  "mailing",      "mailinglist", "mailings",
                                                         "group", "emails", "e-mails",      "email",       "e-mail",
                                                         "forum", "mails",  "distribution", "mail-list"};
constexpr std::array<std::string_view, 10> kOptions = {"nomail", "digest",   "nodigest", "mail",  "ack",
                                                       "noack",  "postpone", "conceal",  "repro", "vacation"};
constexpr std::array<std::string_view, 19> kListCommands = {
    "who",     "info",  "index",       "get",  "join",  "leave",   "review", "query",  "config", "newconfig",
    "newinfo", "intro", "writeconfig", "scan", "stats", "getpost", "search", "sendme", "unlock"};
// Of owners, about an address of the list.
constexpr std::array<std::string_view, 5> kAddressCommands = {"add", "addhere", "change", "delete", "move"};
constexpr std::array<std::string_view, 3> kNewPasswordWords = {"add", "change", "rep"};
// Behind which a password may stand that is all there is, and what is said to people instead.
constexpr std::array<std::string_view, 5> kPasswordCommands = {"remove", "subscribe", "signoff", "who", "review"};
constexpr std::array<std::string_view, 3> kPlainPasswordCommands = {"join", "leave", "unsubscribe"};
constexpr std::array<std::string_view, 27> kCompany = {
    "us",   "me",       "in",      "him",    "her",   "it",    "them", "now",  "today",
    "here", "tomorrow", "tonight", "forces", "hands", "early", "late", "too",  "the",
    "up",   "both",     "online",  "alone",  "home",  "work",  "well", "soon", "everything"};
constexpr std::array<std::string_view, 7> kLoneCommands = {"help", "lists", "which", "index", "info", "signoff", "who"};
constexpr std::array<std::string_view, 13> kWishes = {"please",  "pls", "want", "would",  "wish",  "could", "can",
                                                      "request", "how", "need", "trying", "tried", "i'd"};
constexpr std::array<std::string_view, 4> kRemovals = {"remove", "delete", "drop", "take"};

// Requests that are a whole message, once what is only polite and the list's name are taken out.
constexpr std::array<std::string_view, 40> kLoneRequests = {"cancel",
                                                            "remove",
                                                            "remove me",
                                                            "delete me",
                                                            "add me",
                                                            "add me to",
                                                            "drop me",
                                                            "take me off",
                                                            "sign me up",
                                                            "sign me off",
                                                            "sign me out",
                                                            "get me off",
                                                            "opt out",
                                                            "opt me out",
                                                            "stop",
                                                            "leave",
                                                            "join",
                                                            "cancel subscription",
                                                            "cancel my subscription",
                                                            "cancel membership",
                                                            "cancel my membership",
                                                            "stop sending",
                                                            "stop sending me",
                                                            "désabonner",
                                                            "désabonnement",
                                                            "désabonnez-moi",
                                                            "me désabonner",
                                                            "se désabonner",
                                                            "désinscrire",
                                                            "désinscription",
                                                            "désinscrivez-moi",
                                                            "me désinscrire",
                                                            "se désinscrire",
                                                            "retirez-moi",
                                                            "supprimez-moi",
                                                            "enlevez-moi",
                                                            "ajoutez-moi",
                                                            "inscrivez-moi",
                                                            "abonnez-moi",
                                                            "m'abonner"};
constexpr std::array<std::string_view, 40> kPoliteWords = {
    "please", "pls",   "thanks", "thank", "you",   "kindly", "hi",  "hello", "dear",      "sir",
    "madam",  "all",   "now",    "asap",  "from",  "to",     "off", "of",    "this",      "the",
    "your",   "these", "merci",  "svp",   "s'il",  "vous",   "te",  "plaît", "plait",     "bonjour",
    "de",     "la",    "cette",  "liste", "votre", "à",      "sur", "stp",   "désormais", "subject"};
constexpr std::size_t kMaxNameOctets = 80;  // below it: a name

bool is_one_of(std::string_view word, Names names) {
  return std::find(names.begin(), names.end(), word) != names.end();
}

bool is_verb(std::string_view word) {
  return is_unsubscribe(word) || is_subscribe(word) || word == "signoff" || word == "unsub" || word == "sub";
}

bool is_list_word(std::string_view word, std::string_view list) {
  return word == list || is_one_of(word, kListWords) || word.starts_with("list.");
}

std::size_t digits_in(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

// The kind of word that a token is: letters and digits mixed.
bool is_token(std::string_view word) {
  return word.size() >= 8 && digits_in(word) >= 2 && digits_in(word) < word.size();
}

// "subscribe", "unsubscribe cooks ann@example.org", "unsubscribe me from this list please"; not "subscribe a port".
bool has_plausible_arguments(Words words, std::string_view list) {
  if (words.size() == 1) return words[0] != "sub";
  const bool names_list = words[1] == list || words[1].starts_with(std::string(list) + "@");
  if (names_list) return true;
  return std::all_of(words.begin() + 1, words.end(), [&](const std::string& word) {
    const bool like_a_list = word.find('-') != std::string::npos && word.find('/') == std::string::npos;
    return word == "." || is_one_of(word, kPlainArguments) || word.find('@') != std::string::npos ||
           is_list_word(word, list) || like_a_list;
  });
}

bool has_address(Words words) {
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return word.find('@') != std::string::npos; });
}

// "set delivery off", "set digest plain"
bool is_mailman_option(std::string_view word, std::string_view value) {
  const std::string option = std::string(word).append(" ").append(value);
  const auto& rows = tongues::kMailman.options;
  return std::any_of(rows.begin(), rows.end(), [&](const tongues::OptionRow& row) { return row.word == option; });
}

// "set nomail", "set cooks nohtml", "set authenticate sesame", "set hide on"
bool is_set(Words words, std::string_view list) {
  if (words.size() == 2) return is_one_of(words[1], kOptions);
  if (words[1] == list) {
    return is_one_of(words[2], kOptions) || tongues::match_option(tongues::kListserv, words[2]) != nullptr;
  }
  const bool authenticates = words[1] == "authenticate" && (words.size() == 3 || has_address(words));
  return authenticates || is_one_of(words[1], kOptions) || is_mailman_option(words[1], words[2]);
}

// `words` are one whole line.
bool is_command(Words words, std::string_view list) {
  while (!words.empty() && words.back() == ".") words = words.first(words.size() - 1);
  if (words.empty()) return false;
  const std::string& verb = words[0];
  if (verb == "auth" && words.size() >= 3) return is_token(words[1]) && is_verb(words[2]);
  if (verb == "approve" && words.size() >= 3) return is_verb(words[2]);
  if (words.size() > kMaxCommandWords) return false;
  if (verb == "confirm" || verb == "ok" || verb == "accept") return words.size() == 2 && is_token(words[1]);
  if (verb == "set" && words.size() >= 2) return is_set(words, list);
  if (verb == "pw" && words.size() == 3) return is_one_of(words[1], kNewPasswordWords);
  if (verb == "pw") return words.size() == 2 && words[1] == "reset";
  if (is_one_of(verb, kAddressCommands)) return words.size() >= 3 && words[1] == list && has_address(words);
  if (verb == "passwd") return words.size() == 4 && words[1] == list;
  if (is_one_of(verb, kListCommands) && words.size() >= 2) {
    return words[1] == list && words.size() <= kMaxListCommandWords;
  }
  return is_verb(verb) && has_plausible_arguments(words, list);
}

// Any word of `wanted` between `from` and `to`, within one sentence.
template <typename Question>
bool is_near(Words words, std::size_t from, std::size_t to, Question question) {
  for (std::size_t i = from; i < std::min(to, words.size()) && words[i] != "."; ++i) {
    if (question(words[i])) return true;
  }
  return false;
}

std::size_t start_of_sentence(Words words, std::size_t at) {
  const std::size_t earliest = at > kReach ? at - kReach : 0;
  std::size_t start = at;
  while (start > earliest && words[start - 1] != ".") --start;
  return start;
}

// words[at] is a verb of asking: is it the author who asks, and about the list?
bool asks(Words words, std::size_t at, std::string_view list) {
  const auto list_word = [&](std::string_view word) { return is_list_word(word, list); };
  const auto wish = [](std::string_view word) { return is_one_of(word, kWishes); };
  const auto own_wish = [](std::string_view word) { return is_one_of(word, kOwnWishes); };
  const auto others = [](std::string_view word) { return is_one_of(word, kOthers); };
  const auto next_is = [&](std::size_t ahead, std::string_view word) {
    return at + ahead < words.size() && words[at + ahead] == word;
  };
  const std::size_t start = start_of_sentence(words, at);
  const bool has_wish = is_near(words, start, at, wish) && !is_near(words, start, at, others);
  const bool has_own_wish = has_wish && is_near(words, start, at, own_wish);
  const bool about_list = is_near(words, at + 1, at + 1 + kReach, list_word);
  const bool ends = at + 1 >= words.size() || words[at + 1] == ".";
  if (is_unsubscribe(words[at])) return next_is(1, "me") || (has_wish && (about_list || ends));
  if (is_subscribe(words[at])) return next_is(1, "me") ? has_wish : has_own_wish && (about_list || ends);
  if (is_one_of(words[at], kRemovals)) return next_is(1, "me") && (about_list || next_is(2, "off"));
  if (words[at] == "removed" || words[at] == "removal") return has_wish && about_list;
  return false;
}

bool is_prose(Words words, std::string_view list) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (asks(words, at, list)) return true;
  }
  return false;
}

// "Please remove me", "Cancel my subscription, thanks", "Désabonnez-moi de la liste SVP"
bool is_lone_request(Words words, std::string_view list) {
  // "Leave now" is said to people as well; "remove me now" is not.
  const bool is_hasty = words.size() > 1 && words[words.back() == "." ? words.size() - 2 : words.size() - 1] == "now";
  std::string request;
  for (const std::string& word : words) {
    const bool is_filler = word == "." || is_one_of(word, kPoliteWords) || is_list_word(word, list);
    const bool belongs_to_it = word == "off" && request.ends_with(" me");
    if (is_filler && !belongs_to_it) continue;
    request += (request.empty() ? "" : " ") + word;
  }
  return is_one_of(request, kLoneRequests) && !(is_hasty && request.find(' ') == std::string::npos);
}

// The first line that is more than a greeting, with hardly more than a name below it.
bool is_lone_text(const OwnText& own, std::string_view list) {
  for (const std::string& line : own.lines) {
    const std::vector<std::string> words = words_of(line);
    if (is_lone_request(words, list)) return own.octets <= line.size() + kMaxNameOctets;
    const bool is_greeting = std::all_of(words.begin(), words.end(), [](const std::string& word) {
      return word == "." || is_one_of(word, kPoliteWords);
    });
    if (!is_greeting) return false;
  }
  return false;
}

bool is_answer(std::string_view subject) {
  for (const std::string_view mark : {"re:", "fw:", "fwd:", "aw:", "sv:"}) {
    if (starts_with_ignoring_case(subject, mark)) return true;
  }
  return false;
}

std::string_view without_tags(std::string_view subject) {
  subject = trim(subject);
  while (subject.starts_with('[')) {
    const std::size_t end = subject.find(']');
    // "[un]subscribe" is no tag.
    if (end == std::string_view::npos || end + 1 >= subject.size() || !is_blank(subject[end + 1])) break;
    subject = trim(subject.substr(end + 1));
  }
  return subject.substr(0, subject.find(" ["));
}

// A line that is all there is: a verb of any tongue and the list, or a password.
bool is_lone_line(Words words, std::string_view list) {
  while (!words.empty() && words.back() == ".") words = words.first(words.size() - 1);
  // The second is to be one from now on: "password lost again" names none that would be taken.
  if (words.size() == 3 && words[0] == "password")
    return words[2].size() >= auth::kMinPasswordOctets || digits_in(words[2]) > 0;
  if (words.size() != 2) return false;
  if (words[1] == list) return tongues::verb_in_any(words[0]).has_value();
  const bool is_plain = is_one_of(words[1], kCompany) || is_one_of(words[1], kPlainArguments);
  if (is_one_of(words[0], kPlainPasswordCommands)) return !is_plain;
  return is_one_of(words[0], kPasswordCommands) && digits_in(words[1]) > 0 && digits_in(words[1]) < words[1].size();
}

// "Help", above a photograph; "help" and "HELP" are what commands are.
bool begins_as_a_sentence(std::string_view subject) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return subject.size() > 1 && is_capital(subject[0]) && !is_capital(subject[1]);
}

// Nothing but commands.
bool is_all_commands(const OwnText& own, std::string_view list) {
  return !own.lines.empty() && std::all_of(own.lines.begin(), own.lines.end(), [&](const std::string& line) {
    return command_form(line, list) != CommandForm::none || is_command(words_of(line), list);
  });
}

// `own`: of the text below it.
AdminRequest read_subject(std::string_view subject, std::string_view list, const OwnText& own) {
  subject = without_tags(subject);
  if (is_answer(subject)) return AdminRequest::none;
  const std::vector<std::string> words = words_of(subject);
  const CommandForm form = command_form(subject, list);
  if (is_command(words, list) || form == CommandForm::certain) return AdminRequest::command;
  const bool is_lone_word = words.size() == 1 && is_one_of(words[0], kLoneCommands) && !begins_as_a_sentence(subject);
  const bool is_lone = is_lone_word || is_lone_line(words, list) || form == CommandForm::possible;
  if (own.octets == 0 && is_lone) return AdminRequest::command;
  if (own.octets <= kMaxNameOctets && is_lone_request(words, list)) return AdminRequest::prose;
  return is_prose(words, list) ? AdminRequest::prose : AdminRequest::none;
}

}  // namespace

AdminRequest find_admin_request(std::string_view subject, std::string_view text, std::string_view list) {
  const OwnText own = own_text(text);
  if (own.octets > kMaxRequestOctets) return AdminRequest::none;
  std::string prose;
  for (std::size_t i = 0; i < own.lines.size(); ++i) {
    const std::vector<std::string> words = words_of(own.lines[i]);
    const bool is_one = is_command(words, list) || command_form(own.lines[i], list) == CommandForm::certain;
    if (i < kCommandLines && is_one) return AdminRequest::command;
    if (i < kProseLines) prose += own.lines[i] + '\n';
  }
  const std::vector<std::string> words = words_of(prose);
  if (is_all_commands(own, list)) return AdminRequest::command;
  const bool is_one_line = own.lines.size() == 1;
  const bool is_one_word = words.size() == 1 && is_one_of(words[0], kLoneCommands);
  if (is_one_line && (is_one_word || is_lone_line(words, list))) return AdminRequest::command;
  if (is_prose(words, list) || is_lone_text(own, list)) return AdminRequest::prose;
  return own.octets <= kMaxShortOctets && !own.has_quote ? read_subject(subject, list, own) : AdminRequest::none;
}

AdminRequest find_admin_request(const mail::Message& message, std::string_view list) {
  const bool answers = message.has_field("In-Reply-To") || message.has_field("References");
  return find_admin_request(answers ? std::string() : message.subject(),
                            message.first_text(kMaxTestedText).value_or(""), list);
}

}  // namespace majlis::lists
