#include "commands/tongues/mailman.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "commands/reading/secret_words.h"
#include "tongues/mailman.h"

namespace majlis::commands {
namespace {

using tongues::OptionRow;
using tongues::Request;
using tongues::Trouble;
using tongues::Verb;
using tongues::VerbRow;
using Words = std::vector<std::string>;

constexpr std::size_t kMaxLines = 25;  // the Subject's command among them
constexpr std::string_view kAddressIs = "address=";
constexpr std::string_view kIndent = "    ";

// A command's words without its verb, and the address that one of them names.
struct Line {
  Words words;
  std::string address;  // "" = none
};

// A word that is no command may be a password that slipped into a line of its own.
bool may_be_shown(std::string_view word) {
  if (word.ends_with(':') || word.ends_with('.') || word.ends_with(',')) word.remove_suffix(1);
  return std::all_of(word.begin(), word.end(), [](char c) {
    const char lower = to_lower_ascii(c);
    return lower >= 'a' && lower <= 'z';
  });
}

Line take_apart(std::string_view text) {
  Line line;
  for (const std::string_view word : split_words(text)) {
    if (starts_with_ignoring_case(word, kAddressIs)) {
      line.address = word.substr(kAddressIs.size());
    } else if (!line.words.empty() && looks_like_address(word)) {
      line.address = word;  // as other tongues have it
    } else {
      line.words.emplace_back(word);
    }
  }
  if (!line.words.empty()) line.words.erase(line.words.begin());
  return line;
}

std::optional<std::string_view> digest_option(std::string_view word) {
  if (equals_ignoring_case(word, "digest")) return "digest";
  if (equals_ignoring_case(word, "nodigest")) return "nodigest";
  return std::nullopt;
}

void add_address(Request& request, const std::string& address) {
  if (address.empty()) return;
  request.arguments.push_back(address);
  request.echo +=
      " " + std::string(kAddressIs) + (looks_like_address(address) ? shown_word(address, 100) : std::string(kMask));
}

// The password of a command stands behind it.
void add_password(Request& request, const std::string& password) {
  request.password = password;
  request.echo += " " + std::string(kMask);
}

Request give_password(std::string_view password) {
  Request request;
  request.verb = Verb::personal_password;
  request.word = "password";
  request.arguments = {"first", std::string(password)};
  request.echo = request.word + " " + std::string(kMask);
  request.is_echoed = false;
  return request;
}

// subscribe [PASSWORD] [digest | nodigest] [address=ADDRESS]. A password given with it is one's own for the site from
// then on, and confirmed with it; nobody gives one to others.
void read_subscribe(const TextReader& text, std::vector<Request>& requests, const Line& line) {
  Request& request = requests.back();
  tongues::JoinWords join;
  std::string password;
  for (const std::string& word : line.words) {
    if (const auto digest = digest_option(word)) {
      join.options.emplace_back(*digest);
      request.echo += " " + std::string(*digest);
    } else if ((*text.list_word_of)(word) == ListWord::known) {
      request.echo += " " + word;  // Majordomo's habit; the list is the one it was sent to
    } else if (password.empty()) {
      password = word;
      request.echo += " " + std::string(kMask);
    } else {
      return trouble_with(request, Trouble::surplus_word, word);
    }
  }
  if (!join.options.empty()) request.join = std::move(join);
  add_address(request, line.address);
  if (!password.empty() && line.address.empty()) requests.push_back(give_password(password));
}

// That of "set authenticate" counts for what stands below.
void take_password(const TextReader& text, Request& request) {
  request.password = text.password;
  request.password_of = text.about;
}

// unsubscribe [PASSWORD] [address=ADDRESS]; the password of a line before it is of whom that line names.
void read_unsubscribe(const TextReader& text, Request& request, const Line& line) {
  Words words = line.words;
  const bool names_list = !words.empty() && (*text.list_word_of)(words.front()) == ListWord::known;
  if (names_list) {
    request.echo += " " + words.front();
    words.erase(words.begin());
  }
  if (words.size() > 1) return trouble_with(request, Trouble::surplus_word, words[1]);
  if (!words.empty()) {
    add_password(request, words.front());
    request.password_of = line.address;
    return add_address(request, line.address);
  }
  take_password(text, request);
  add_address(request, line.address.empty() ? text.about : line.address);
}

// password [OLD NEW]: the one there is is never shown.
void read_password(Request& request, const Line& line) {
  if (line.words.size() != 2 || !line.address.empty()) return;
  request.arguments = {"add", line.words[1]};
  add_password(request, line.words.front());
  request.echo += " " + std::string(kMask);
}

// who [PASSWORD]
void read_who(Request& request, const Line& line) {
  if (!line.words.empty()) add_password(request, line.words.front());
}

// set show | help | authenticate PASSWORD | OPTION on | OPTION off, each with address=ADDRESS.
void read_set(TextReader& text, std::vector<Request>& requests, const Line& line) {
  Request& request = requests.back();
  const std::string what = line.words.empty() ? "help" : to_lower_ascii(line.words.front());
  if (what == "authenticate" && line.words.size() == 2) {
    text.password = line.words[1];
    text.about = line.address;
    request.verb = Verb::authenticate;
    request.echo += " " + what;
    add_password(request, text.password);
    request.password_of = line.address;
    return add_address(request, line.address);
  }
  if (what == "help" || what == "show") {
    request.verb = what == "help" ? Verb::help : Verb::show;
    request.echo += " " + what;
    if (what == "show") add_address(request, line.address.empty() ? text.about : line.address);
    return take_password(text, request);
  }
  const auto digest = line.words.size() == 1 ? digest_option(what) : std::nullopt;  // as a letter of welcome says
  const std::string option = what + (line.words.size() > 1 ? " " + to_lower_ascii(line.words[1]) : "");
  const auto& rows = tongues::kMailman.options;
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const OptionRow& each) { return each.word == option; });
  if (row == rows.end() && !digest) {
    request.echo += " " + std::string(kMask);
    return trouble_with(request, Trouble::option_unknown, line.words.front());
  }
  if (!digest && row->is == OptionRow::Is::not_yet) return trouble_with(request, Trouble::option_not_yet, option);
  request.echo += " " + option;
  if (line.words.size() > 2) return trouble_with(request, Trouble::surplus_word, line.words[2]);
  request.takes_nothing = !digest && row->is == OptionRow::Is::always;
  if (!request.takes_nothing) request.arguments.emplace_back(digest ? *digest : row->option);
  add_address(request, line.address.empty() ? text.about : line.address);
  take_password(text, request);
}

void read_arguments(TextReader& text, std::vector<Request>& requests, const Line& line) {
  Request& request = requests.back();
  switch (request.verb) {
    case Verb::subscribe: return read_subscribe(text, requests, line);
    case Verb::unsubscribe: return read_unsubscribe(text, request, line);
    case Verb::personal_password: return read_password(request, line);
    case Verb::who: return read_who(request, line);
    case Verb::set: return read_set(text, requests, line);
    case Verb::auth:
      if (!line.words.empty()) request.arguments = {line.words.front()};
      request.echo += line.words.empty() ? "" : " " + std::string(kMask);
      text.lines_read = kMaxLines;  // it is the last
      return;
    default: return;
  }
}

bool read_next(TextReader& text, std::vector<Request>& requests) {
  if (text.lines_read == kMaxLines) return false;
  const auto written = text.lines.next();
  if (!written) return false;
  ++text.lines_read;
  const std::vector<std::string_view> words = split_words(*written);
  Request request;
  if (written->starts_with('-')) {
    request.verb = Verb::end;
    request.word = request.echo = "-";
    requests.push_back(std::move(request));
    return true;
  }
  const VerbRow* row = tongues::find_verb(tongues::kMailman, words.front());
  if (row != nullptr && tongues::decides(row->verb)) row = nullptr;  // Majordomo's reader takes it
  if (row == nullptr || written->size() > kMaxLineOctets) {
    request.word = to_lower_ascii(words.front());
    request.echo = echo_of_unknown(may_be_shown(words.front()) ? words.front() : kMask, words.size() > 1);
    if (row != nullptr) request.trouble = Trouble::too_long;
    requests.push_back(std::move(request));
    return true;
  }
  request.verb = row->verb;
  request.word = row->word;
  request.own_arguments = row->own_arguments;
  request.secrets = row->secrets;
  request.echo = row->word;
  requests.push_back(std::move(request));
  read_arguments(text, requests, take_apart(*written));
  return true;
}

// The Subject is read first: from its beginning, from behind its last colon ("Re: confirm CODE"), or without its first
// word.
std::string command_in_subject(std::string_view subject) {
  std::vector<std::string_view> tries = {subject, trim(subject.substr(subject.rfind(':') + 1))};
  const std::size_t blank = tries.back().find_first_of(" \t");
  if (blank != std::string_view::npos) tries.push_back(trim(tries.back().substr(blank)));
  for (const std::string_view line : tries) {
    const std::vector<std::string_view> words = split_words(line);
    if (!words.empty() && tongues::find_verb(tongues::kMailman, words.front()) != nullptr) return std::string(line);
  }
  return {};
}

std::string indented(std::string_view words) {
  std::string lines;
  for (const std::string_view line : split_at(words, '\n')) {
    lines.append(line.empty() ? "" : kIndent).append(line).append("\n");
  }
  return lines;
}

std::string phrase(Said said, std::string_view words) {
  switch (said) {
    case Said::echo: return "\n" + with_mark("> ", words);
    case Said::line:
    case Said::complaint:
    case Said::remark:
    case Said::nothing: return indented(words);
    case Said::success: return indented(words.empty() ? "Done." : "Done (" + std::string(words) + ").");
    case Said::end: return "\n- Done.\n";
  }
  return {};
}

std::string person_words(const std::string& address, const std::string& name) {
  return name.empty() ? address : address + " (" + name + ")";
}

}  // namespace

constinit const Tongue kMailman{
    .dialect = &tongues::kMailman,
    .read_next = read_next,
    .phrase = phrase,
    .subject = "",
    .head = "- Results:\n",
    .person_words = person_words,
    .command_in_subject = command_in_subject,
};

}  // namespace majlis::commands
