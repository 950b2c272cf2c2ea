#include "commands/tongues/listserv.h"

#include <algorithm>

#include "base/digit.h"
#include "base/text.h"
#include "commands/reading/person_words.h"
#include "commands/reading/secret_words.h"
#include "commands/tongues/listserv_cards.h"
#include "commands/tongues/listserv_codes.h"
#include "commands/tongues/listserv_data.h"
#include "commands/tongues/listserv_header.h"
#include "commands/tongues/listserv_line.h"
#include "commands/tongues/listserv_owners.h"
#include "commands/tongues/listserv_review.h"
#include "commands/tongues/search_line.h"
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

constexpr std::string_view kHiddenPassword = " PW=***";
constexpr std::string_view kWith = "WITH";
constexpr std::string_view kGlobal = "GLOBAL";
constexpr std::size_t kMaxNameOctets = 200;
constexpr std::size_t kCenturyOctets = 2;  // of a year

bool is(std::string_view word, std::string_view wanted) { return equals_ignoring_case(word, wanted); }

using Line = ListservWords;

// Options of `words` from `begin` on, as `set` takes them; a word that is none is left to the caller.
struct TakenOptions {
  Words options;
  Words never;                         // those that nobody has
  std::optional<std::string> not_yet;  // the first of those
  std::size_t end = 0;                 // of what was read
};
// "TOPICS: +MENUS -NEWS", with blanks or commas, up to an address or the end; `at` is moved behind it.
std::string read_topics(const OptionRow& row, const Words& words, std::size_t& at) {
  const std::size_t colon = words[at].find(':');
  std::string names = colon == std::string::npos ? "" : words[at].substr(colon + 1);
  for (++at; at < words.size() && !looks_like_address(words[at]); ++at) {
    names += (names.empty() || names.back() == ',' ? "" : ",") + words[at];
  }
  return std::string(row.option) + names;
}

TakenOptions take_options(const Words& words, std::size_t begin) {
  TakenOptions taken;
  Words implied;
  std::string_view form;
  std::string form_word;
  for (taken.end = begin; taken.end < words.size(); ++taken.end) {
    const std::string_view word = words[taken.end];
    const OptionRow* row = tongues::match_option(tongues::kListserv, word.substr(0, word.find(':')));
    if (row == nullptr) break;
    if (row->is == OptionRow::Is::topics) {
      taken.options.push_back(read_topics(*row, words, taken.end));
      break;
    }
    if (row->is == OptionRow::Is::form) {
      form = row->option;
      form_word = words[taken.end];
    } else if (row->is == OptionRow::Is::option) {
      taken.options.emplace_back(row->option);
      if (!row->implies.empty()) implied.emplace_back(row->implies);
    } else if (row->is == OptionRow::Is::never) {
      taken.never.emplace_back(row->word);
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
    request.never = std::move(taken.never);
  }
  if (join.name || !join.options.empty()) request.join = std::move(join);
}

// SET [LIST] OPTION... [ADDRESS], SET [LIST] OPTION... FOR ADDRESS | PATTERN
void read_set(Request& request, Words words, const ListWordOf& list_word_of) {
  if (!take_about(request, words)) return;
  const bool has_list = names_list(words, list_word_of);
  const std::size_t begin = has_list ? 1 : 0;
  request.arguments.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
  TakenOptions taken = take_options(words, begin);
  if (taken.not_yet) return trouble_with(request, Trouble::option_not_yet, *taken.not_yet);
  const bool has_more = taken.end < words.size();
  if (has_more && !looks_like_address(words[taken.end])) {
    return trouble_with(request, Trouble::option_unknown, words[taken.end]);
  }
  request.takes_nothing = taken.options.empty() && taken.end > begin;
  request.never = std::move(taken.never);
  request.arguments.insert(request.arguments.end(), taken.options.begin(), taken.options.end());
  if (has_more) request.arguments.push_back(words[taken.end]);
  if (taken.end + 1 < words.size()) trouble_with(request, Trouble::surplus_word, words[taken.end + 1]);
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

// "LOG2611" is the month 2026-11 of the archive.
std::string file_named(const std::string& word) {
  constexpr std::size_t kLog = 3;
  const bool is_log = word.size() == kLog + 2 * kCenturyOctets && starts_with_ignoring_case(word, "LOG") &&
                      std::all_of(word.begin() + kLog, word.end(), is_digit);
  if (!is_log) return word;
  return "20" + word.substr(kLog, 2) + "-" + word.substr(kLog + 2);
}

// GET LIST LOGyymm, GET LIST FILE, GET FN FT LIST, GET LIST MAILTPL, GET LIST CHANGELOG
void read_get(Request& request, Words words, const ListWordOf& list_word_of) {
  const bool is_list_last = words.size() > 1 && list_word_of(words.front()) != ListWord::known &&
                            list_word_of(words.back()) == ListWord::known;
  if (is_list_last) std::rotate(words.begin(), words.end() - 1, words.end());
  const std::size_t begin = names_list(words, list_word_of) ? 1 : 0;
  request.arguments.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
  if (words.size() == begin + 1 && read_get_special(request, words[begin], list_word_of)) return;
  if (words.size() == begin + 2) {
    request.arguments.push_back(words[begin] + "." + words[begin + 1]);
  } else if (words.size() > begin) {
    request.arguments.push_back(file_named(joined(words, begin)));
  }
}

// QUERY [LIST | *], QUERY [***GUI***] [LIST] [WITH OPTION...] [FOR ADDRESS | PATTERN], in either order
void read_query(Request& request, Words words, const ListWordOf& list_word_of) {
  request.is_for_programs = !words.empty() && words.front() == tongues::kForPrograms;
  if (request.is_for_programs) words.erase(words.begin());
  if (!take_about(request, words)) return;
  const auto with = std::find_if(words.begin(), words.end(), [](const std::string& word) { return is(word, kWith); });
  if (with != words.end()) {
    TakenOptions taken = take_options(words, static_cast<std::size_t>(with - words.begin()) + 1);
    if (taken.not_yet) return trouble_with(request, Trouble::option_not_yet, *taken.not_yet);
    if (taken.end < words.size()) return trouble_with(request, Trouble::option_unknown, words[taken.end]);
    request.options = std::move(taken.options);
    request.options.insert(request.options.end(), taken.never.begin(), taken.never.end());
    words.erase(with, words.end());
    if (request.about.empty()) request.about = tongues::kAll;
  }
  read_signoff(request, words, list_word_of);
}

// LISTS, LISTS GLOBAL [/]TEXT: other options say nothing.
void read_lists(Request& request, const Words& words) {
  if (words.size() < 2 || !starts_with_ignoring_case(kGlobal, words.front())) return;
  request.sought = joined(words, words[1] == "/" && words.size() > 2 ? 2 : 1);
  if (request.sought.starts_with('/')) request.sought.erase(0, 1);
}

void read_arguments(Request& request, const VerbRow& row, const Line& line, const ListWordOf& list_word_of) {
  const Words& words = line.arguments;
  switch (row.verb) {
    case Verb::subscribe: return read_subscribe(request, words, list_word_of);
    case Verb::unsubscribe: return read_signoff(request, words, list_word_of);
    case Verb::set: return read_set(request, words, list_word_of);
    case Verb::auth: return read_ok(request, words);
    case Verb::register_name: request.arguments = words; return;
    case Verb::move: return read_move(request, line, list_word_of);
    case Verb::lists: return read_lists(request, words);
    case Verb::who: return read_review(request, line, list_word_of);
    case Verb::change: return read_change(request, line, list_word_of);
    case Verb::serve: request.arguments = words; return;
    case Verb::add: return read_add(request, line, list_word_of);
    case Verb::remove: return read_delete(request, line, list_word_of);
    case Verb::hold:
    case Verb::free:
    case Verb::stats: return read_list_alone(request, line, list_word_of);
    case Verb::personal_password: return read_pw(request, words);
    case Verb::show: return read_query(request, words, list_word_of);
    case Verb::get:
      return line.options.empty() ? read_get(request, words, list_word_of) : read_get_header(request, line);
    case Verb::getpost: request.arguments = words; return;
    case Verb::search: request.arguments = list_in_front(words, list_word_of); return;
    case Verb::put_header: return read_put(request, line, list_word_of);
    default: break;
  }
  const std::size_t count = names_list(words, list_word_of) ? 1 : 0;
  request.arguments.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
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
  if (line.password != tongues::kHiddenInHeader) request.password = line.password;
  request.is_quiet = request.is_quiet || line.is_quiet;
  if (!line.data.empty() && tongues::takes_data(request.verb)) {
    request.takes = tongues::Takes::text;
    request.text_tag = line.data;
  }
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
  if (line->is_job) begin_job(text, *line);
  if (!line->data_name.empty()) add_data_set(text, *line, requests);
  if (line->command.empty()) return true;
  const std::string command = with_code_below(with_password_below(line->command, text.lines), text.lines);
  read_command(command, text.is_echoed, *text.list_word_of, requests);
  Request& last = requests.back();
  take_reason_below(last, text.lines, *text.list_word_of);
  if (!last.text_tag.empty()) {
    last.text = data_set(text, last.text_tag);
    if (last.text) last.text = without_passwords(*last.text);
  } else if (last.verb != Verb::not_understood && last.takes == tongues::Takes::text) {
    last.text = text.lines.text_while(is_header_line);
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
