#include "commands/tongues/listserv.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/digit.h"
#include "base/text.h"
#include "commands/reading/mail_links.h"
#include "commands/reading/secret_words.h"
#include "commands/tongues/listserv_cards.h"
#include "tongues/listserv.h"

namespace majlis::commands {
namespace {

using tongues::JoinWords;
using tongues::OptionRow;
using tongues::Request;
using tongues::Shown;
using tongues::Trouble;
using tongues::Verb;
using tongues::VerbRow;
using Words = std::vector<std::string>;

constexpr std::string_view kPassword = "PW=";
constexpr std::string_view kPasswordPlace = "XXXXXXXX";  // as GET (HEADER writes it
constexpr std::string_view kHiddenPassword = " PW=***";
// What may stand behind any command, and means nothing here.
constexpr std::array<std::string_view, 5> kSettings = {kPassword, "F=", "DD=", "REPLY-TO=", "CKDATE="};
constexpr std::string_view kFor = "FOR";
constexpr std::string_view kWith = "WITH";
constexpr std::size_t kMaxNameOctets = 200;
constexpr std::size_t kCenturyOctets = 2;  // of a year

bool is(std::string_view word, std::string_view wanted) { return equals_ignoring_case(word, wanted); }

// A command line, taken apart.
struct Line {
  bool is_quiet = false;
  std::string verb;      // as written
  Words arguments;       // without settings and options
  Words options;         // "(SHORT", without the parenthesis
  std::string password;  // of PW=
};

// Takes "PW=SECRET" off, also where a blank stands between.
bool take_setting(const Words& words, std::size_t& i, Line& line) {
  const auto setting = std::find_if(kSettings.begin(), kSettings.end(),
                                    [&](std::string_view name) { return starts_with_ignoring_case(words[i], name); });
  if (setting == kSettings.end()) return false;
  if (*setting != kPassword) return true;
  line.password = words[i].substr(kPassword.size());
  if (line.password.empty() && i + 1 < words.size()) line.password = words[++i];
  return true;
}

Line take_apart(std::string_view text) {
  Words words;
  for (const std::string_view word : split_words(text)) words.emplace_back(word);
  drop_mail_links(words);
  Line line;
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

// Whether the first argument stands in a list's place.
bool names_list(const Words& arguments, const ListWordOf& list_word_of) {
  return !arguments.empty() && list_word_of(arguments.front()) != ListWord::none;
}

std::string joined(const Words& words, std::size_t begin) {
  std::string text;
  for (std::size_t i = begin; i < words.size(); ++i) text += (text.empty() ? "" : " ") + words[i];
  return text;
}

void trouble_with(Request& request, Trouble trouble, std::string word) {
  request.verb = Verb::not_understood;
  request.trouble = trouble;
  request.candidates = {std::move(word)};
}

// Options of `words` from `begin` on, as `set` takes them; a word that is none is left to the caller.
struct TakenOptions {
  Words options;
  std::optional<std::string> not_yet;  // the first of those
  std::size_t end = 0;                 // of what was read
};
TakenOptions take_options(const Words& words, std::size_t begin) {
  TakenOptions taken;
  Words implied;
  std::string_view form;
  std::string form_word;
  for (taken.end = begin; taken.end < words.size(); ++taken.end) {
    const OptionRow* row = tongues::match_option(tongues::kListserv, words[taken.end]);
    if (row == nullptr) break;
    if (row->is == OptionRow::Is::form) {
      form = row->option;
      form_word = words[taken.end];
    } else if (row->is == OptionRow::Is::option) {
      taken.options.emplace_back(row->option);
      if (!row->implies.empty()) implied.emplace_back(row->implies);
    } else if (row->is == OptionRow::Is::not_yet) {
      taken.not_yet = words[taken.end];
      return taken;
    }
  }
  for (std::string& option : implied) {
    const bool is_said_otherwise =
        std::find(taken.options.begin(), taken.options.end(), "no" + option) != taken.options.end();
    if (!is_said_otherwise) taken.options.push_back(std::move(option));
  }
  if (form.empty()) return taken;
  const auto digest = std::find(taken.options.begin(), taken.options.end(), "digest");
  if (digest == taken.options.end()) {
    taken.not_yet = form_word;
  } else {
    taken.options.insert(digest + 1, std::string(form));
  }
  return taken;
}

// SUBSCRIBE [LIST] [FULL NAME | ANONYMOUS] [WITH OPTION...]; an address, or a name with one, is who joins.
void read_subscribe(Request& request, const Words& words, const ListWordOf& list_word_of) {
  const std::size_t begin = names_list(words, list_word_of) ? 1 : 0;
  request.arguments.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
  const auto with = std::find_if(words.begin() + static_cast<std::ptrdiff_t>(begin), words.end(),
                                 [](const std::string& word) { return is(word, kWith); });
  const Words name(words.begin() + static_cast<std::ptrdiff_t>(begin), with);
  JoinWords join;
  if (is_named_person(name)) {
    request.arguments.insert(request.arguments.end(), name.begin(), name.end());
  } else if (name.size() == 1 && is(name.front(), "ANONYMOUS")) {
    join.name = "";
    join.options.emplace_back("conceal");
  } else if (name.size() == 1 && name.front() == tongues::kAll) {
    join.name = "";
  } else if (!name.empty()) {
    join.name = printable_utf8(joined(name, 0), kMaxNameOctets);
  }
  if (with != words.end()) {
    const auto at = static_cast<std::size_t>(with - words.begin()) + 1;
    TakenOptions taken = take_options(words, at);
    if (taken.not_yet) return trouble_with(request, Trouble::option_not_yet, *taken.not_yet);
    if (taken.end < words.size()) return trouble_with(request, Trouble::option_unknown, words[taken.end]);
    join.options.insert(join.options.end(), taken.options.begin(), taken.options.end());
  }
  if (join.name || !join.options.empty()) request.join = std::move(join);
}

// SET [LIST] OPTION... [ADDRESS]
void read_set(Request& request, const Words& words, const ListWordOf& list_word_of) {
  const bool has_list = names_list(words, list_word_of);
  const std::size_t begin = has_list ? 1 : 0;
  request.arguments.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
  TakenOptions taken = take_options(words, begin);
  if (taken.not_yet) return trouble_with(request, Trouble::option_not_yet, *taken.not_yet);
  const bool has_more = taken.end < words.size();
  if (has_more && is(words[taken.end], kFor)) return trouble_with(request, Trouble::option_not_yet, words[taken.end]);
  if (has_more && !looks_like_address(words[taken.end])) {
    return trouble_with(request, Trouble::option_unknown, words[taken.end]);
  }
  request.takes_nothing = taken.options.empty() && taken.end > begin;
  request.arguments.insert(request.arguments.end(), taken.options.begin(), taken.options.end());
  if (has_more) request.arguments.push_back(words[taken.end]);
}

// SIGNOFF [LIST | *] [ADDRESS]: a name behind it says nothing.
void read_signoff(Request& request, const Words& words, const ListWordOf& list_word_of) {
  const bool has_list = !words.empty() && (words.front() == tongues::kAll || names_list(words, list_word_of));
  const std::size_t begin = has_list ? 1 : 0;
  request.arguments.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
  const auto address =
      std::find_if(words.begin() + static_cast<std::ptrdiff_t>(begin), words.end(), looks_like_address);
  if (address != words.end()) request.arguments.push_back(*address);
}

struct RulingWord {
  std::string_view word;
  Verb verb;
};
constexpr std::array kRulingWords = {
    RulingWord{"reject", Verb::reject}, RulingWord{"discard", Verb::discard}, RulingWord{"trust", Verb::trust},
    RulingWord{"ban", Verb::ban},       RulingWord{"claim", Verb::claim},
};

// OK [CODE], OK REJECT CODE [REASON], OK DISCARD CODE ... Rejected without a reason: nobody is told.
void read_ok(Request& request, const Words& words) {
  const auto ruling = std::find_if(kRulingWords.begin(), kRulingWords.end(), [&](const RulingWord& row) {
    return !words.empty() && is(words.front(), row.word);
  });
  const bool rules = ruling != kRulingWords.end();
  const std::size_t at = rules ? 1 : 0;
  const bool has_code = words.size() > at && (is_secret(words[at]) || words[at] == tongues::kAll);
  if (rules) {
    const bool is_for_all = has_code && words[at] == tongues::kAll && words.size() > at + 1 && is_secret(words[at + 1]);
    const bool has_reason = words.size() > at + (has_code ? 1 : 0) + (is_for_all ? 1 : 0);
    request.verb = ruling->verb == Verb::reject && !has_reason ? Verb::discard : ruling->verb;
    request.word += ' ';
    request.word += ruling->word;
    request.arguments.assign(words.begin() + 1, words.end());
  } else if (has_code) {
    const bool is_held = words[at] == tongues::kAll || words[at].find('.') != std::string::npos;
    request.verb = is_held ? Verb::accept : Verb::auth;
    request.arguments.assign(words.begin(), is_held ? words.end() : words.begin() + 1);
  }
  if (rules) request.echo = echo_of_answer(request);
}

// "LOG2611" is the month 2026-11 of the archive.
std::string file_named(const std::string& word) {
  constexpr std::size_t kLog = 3;
  const bool is_log = word.size() == kLog + 2 * kCenturyOctets && starts_with_ignoring_case(word, "LOG") &&
                      std::all_of(word.begin() + kLog, word.end(), is_digit);
  if (!is_log) return word;
  return "20" + word.substr(kLog, 2) + "-" + word.substr(kLog + 2);
}

// GET LIST LOGyymm, GET LIST FILE, GET FN FT LIST
void read_get(Request& request, Words words, const ListWordOf& list_word_of) {
  const bool is_list_last = words.size() > 1 && list_word_of(words.front()) != ListWord::known &&
                            list_word_of(words.back()) == ListWord::known;
  if (is_list_last) std::rotate(words.begin(), words.end() - 1, words.end());
  const std::size_t begin = names_list(words, list_word_of) ? 1 : 0;
  request.arguments.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
  if (words.size() == begin + 2) {
    request.arguments.push_back(words[begin] + "." + words[begin + 1]);
  } else if (words.size() > begin) {
    request.arguments.push_back(file_named(joined(words, begin)));
  }
}

struct HeaderOption {
  std::string_view word;
  std::size_t least;  // letters that are enough
};
constexpr HeaderOption kHeader{"header", 4};
constexpr HeaderOption kNoLock{"nolock", 3};

bool is(const std::string& word, const HeaderOption& option) {
  return word.size() >= option.least && starts_with_ignoring_case(option.word, word);
}

// GET [LIST] (HEADER [NOLOCK]
void read_get_header(Request& request, const Line& line) {
  bool has_header = false;
  bool has_lock = true;
  for (const std::string& option : line.options) {
    has_header = has_header || is(option, kHeader);
    has_lock = has_lock && !is(option, kNoLock);
    if (!is(option, kHeader) && !is(option, kNoLock)) return trouble_with(request, Trouble::option_not_yet, option);
  }
  if (!has_header || line.arguments.size() > 1) {
    return trouble_with(request, Trouble::option_not_yet, line.options.front());
  }
  request.verb = Verb::get_header;
  request.own_arguments = has_lock ? 0 : 1;
  request.arguments = line.arguments;
  if (!has_lock) request.arguments.emplace_back(kNoLock.word);
  request.echo += has_lock ? " (HEADER" : " (HEADER NOLOCK";
}

// "CLUB-L LIST", "CLUB-L.LIST"; at LIST-request "LIST" alone.
constexpr std::string_view kListFile = "LIST";

// PUT [LIST] LIST, and the header in the lines behind it. As GET wrote it for the password is none.
void read_put(Request& request, const Line& line, const ListWordOf& list_word_of) {
  Words words = line.arguments;
  const std::string ending = "." + std::string(kListFile);
  const bool is_one_word = words.size() == 1 && words.front().size() > ending.size() &&
                           is(std::string_view(words.front()).substr(words.front().size() - ending.size()), ending);
  if (is_one_word) {
    words.front().resize(words.front().size() - ending.size());
  } else if (!words.empty() && words.size() <= 2 && is(words.back(), kListFile)) {
    words.pop_back();
  } else {
    return trouble_with(request, Trouble::option_not_yet, words.empty() ? std::string(kListFile) : "file");
  }
  const bool is_known = !words.empty() && list_word_of(words.front()) == ListWord::known;
  const std::string shown = is_known ? words.front() : request.shown_list;
  request.echo = request.word + (words.empty() ? "" : " " + shown) + " LIST";
  request.own_arguments = 0;
  request.arguments = std::move(words);
}

void read_query(Request& request, const Words& words, const ListWordOf& list_word_of) {
  const auto more = std::find_if(words.begin(), words.end(),
                                 [](const std::string& word) { return is(word, kFor) || is(word, kWith); });
  if (more != words.end()) return trouble_with(request, Trouble::option_not_yet, *more);
  read_signoff(request, words, list_word_of);
}

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

// PW ADD NEW, PW CHANGE NEW, PW REP NEW, PW RESET
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

void read_arguments(Request& request, const VerbRow& row, const Line& line, const ListWordOf& list_word_of) {
  const Words& words = line.arguments;
  switch (row.verb) {
    case Verb::subscribe: return read_subscribe(request, words, list_word_of);
    case Verb::unsubscribe: return read_signoff(request, words, list_word_of);
    case Verb::set: return read_set(request, words, list_word_of);
    case Verb::auth: return read_ok(request, words);
    case Verb::personal_password: return read_pw(request, words);
    case Verb::show: return read_query(request, words, list_word_of);
    case Verb::get:
      return line.options.empty() ? read_get(request, words, list_word_of) : read_get_header(request, line);
    case Verb::put_header: return read_put(request, line, list_word_of);
    default: break;
  }
  const std::size_t count = names_list(words, list_word_of) ? 1 : 0;
  request.arguments.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
  if (row.word == "scan") request.sought = joined(words, count);
}

Request request_of(const Line& line, const VerbRow& row, const ListWordOf& list_word_of) {
  Request request;
  request.verb = row.verb;
  request.word = row.word;
  request.own_arguments = row.own_arguments;
  request.secrets = row.secrets;
  request.takes = row.takes;
  const std::string written = (line.is_quiet ? "quiet " : "") + line.verb;
  request.echo = echo_of({written, line.arguments}, row, tongues::kListserv, list_word_of);
  request.shown_list = shown_list(row, line.arguments, list_word_of);
  read_arguments(request, row, line, list_word_of);
  if (!line.password.empty()) request.echo += kHiddenPassword;
  if (line.password != kPasswordPlace) request.password = line.password;
  return request;
}

Request not_understood(const Line& line, Trouble trouble) {
  Request request;
  request.word = to_lower_ascii(line.verb);
  request.echo = echo_of_unknown(line.verb, !line.arguments.empty() || !line.password.empty());
  request.trouble = trouble;
  return request;
}

Request end_at(std::string_view command) {
  Request request;
  request.verb = Verb::end;
  request.word = "end";
  request.echo = command.starts_with('-') ? "-" : "end";
  return request;
}

// CONFIRM LIST1 LIST2 ...: one each.
void add_each_list(std::vector<Request>& requests, const Line& line, const ListWordOf& list_word_of) {
  const Request first = requests.back();
  for (std::size_t i = 1; i < line.arguments.size(); ++i) {
    if (list_word_of(line.arguments[i]) == ListWord::none) continue;
    Request next = first;
    next.arguments = {line.arguments[i]};
    next.shown_list = shown_word(line.arguments[i], kMaxNameOctets);
    next.echo = next.word + " " + next.shown_list;
    next.is_echoed = false;
    requests.push_back(std::move(next));
  }
}

void read_command(std::string_view command, bool is_echoed, const ListWordOf& list_word_of,
                  std::vector<Request>& requests) {
  const Line line = take_apart(command);
  const VerbRow* row = tongues::match_verb(tongues::kListserv, line.verb).row;
  if (command.starts_with('-') || (row != nullptr && row->verb == Verb::end)) {
    requests.push_back(end_at(command));
  } else if (row == nullptr || command.size() > kMaxLineOctets) {
    requests.push_back(not_understood(line, row == nullptr ? Trouble::none : Trouble::too_long));
  } else {
    requests.push_back(request_of(line, *row, list_word_of));
  }
  requests.back().is_echoed = is_echoed;
  if (requests.back().verb == Verb::confirm) add_each_list(requests, line, list_word_of);
}

bool read_next(TextReader& text, std::vector<Request>& requests) {
  if (!text.is_begun) skip_to_job(text.lines);
  text.is_begun = true;
  const auto line = next_listserv_line(text.lines);
  if (!line) return false;
  if (line->is_job) text.is_echoed = line->is_echoed;
  if (line->command.empty()) return true;
  read_command(line->command, text.is_echoed, *text.list_word_of, requests);
  Request& last = requests.back();
  if (last.verb != Verb::not_understood && last.takes == tongues::Takes::text) {
    last.text = text.lines.text_while(is_text_line);
  }
  return true;
}

std::string phrase(Said said, std::string_view words) {
  switch (said) {
    case Said::echo: return "\n" + with_mark("> ", words);
    case Said::line:
    case Said::complaint:
    case Said::remark:
    case Said::nothing: return with_mark("", words);
    case Said::success: return with_mark("", words.empty() ? "OK." : "OK: " + std::string(words) + ".");
    case Said::end: return {};
  }
  return {};
}

// As INDEX shows it and GET takes it.
std::string file_word(std::string_view name) {
  constexpr std::string_view kMonth = "2000-00";
  const bool is_month = name.size() == kMonth.size() && name.starts_with("20") && name[4] == '-';
  return is_month ? "LOG" + std::string(name.substr(2, 2)) + std::string(name.substr(5)) : std::string(name);
}

std::string person_words(const std::string& address, const std::string& name) {
  return name.empty() ? address : address + " " + name;
}

}  // namespace

constinit const Tongue kListserv{
    .dialect = &tongues::kListserv,
    .read_next = read_next,
    .phrase = phrase,
    .subject = "LISTSERV results",
    .head = "",
    .file_word = file_word,
    .person_words = person_words,
};

}  // namespace majlis::commands
