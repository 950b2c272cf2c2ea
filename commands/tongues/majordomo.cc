#include "commands/tongues/majordomo.h"

#include <span>

#include "base/text.h"
#include "commands/reading/command_lines.h"
#include "commands/reading/mail_links.h"
#include "commands/reading/secret_words.h"
#include "commands/tongues/search_line.h"
#include "tongues/majordomo.h"

namespace majlis::commands {
namespace {

using tongues::Request;
using tongues::Takes;
using tongues::Verb;
using tongues::VerbMatch;
using tongues::VerbRow;

constexpr std::string_view kEndOfText = "EOF";
constexpr std::size_t kMaxAuthLines = 3;
constexpr std::size_t kTagLetters = 3;
constexpr std::size_t kMaxTagOctets = 40;
constexpr std::size_t kMaxReasonLines = 200;
constexpr std::size_t kMaxReasonOctets = 8000;
// Another Majordomo stops reading here: two robots do not talk to each other for long.
constexpr std::string_view kStopMark = "--\n\n";
constexpr std::string_view kEchoMark = ">>>> ";
constexpr std::string_view kErrorMark = "**** ";
constexpr std::string_view kNothingMark = "#### ";
constexpr std::string_view kEnd = "END OF COMMANDS";

const VerbRow* find_verb(std::string_view word) { return tongues::find_verb(tongues::kMajordomo, word); }
VerbMatch match_verb(std::string_view word) { return tongues::match_verb(tongues::kMajordomo, word); }

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == ' ') {
      word += line[++i];
    } else if (!is_blank(line[i])) {
      word += line[i];
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  drop_mail_links(words);
  return words;
}

// "begin 644 name": a file in the old way.
bool is_uuencoded_file(const std::vector<std::string>& words) {
  return words.size() >= 3 && words[0] == "begin" && words[1].size() >= 3 && parse_number(words[1]).has_value();
}

// "<<TAG": the tag, else empty.
std::string_view tag_in(std::string_view word) {
  if (!word.starts_with("<<") || word.size() < 2 + kTagLetters || word.size() > 2 + kMaxTagOctets) return {};
  const std::string_view tag = word.substr(2);
  for (std::size_t i = 0; i < tag.size(); ++i) {
    const bool is_capital = tag[i] >= 'A' && tag[i] <= 'Z';
    const bool is_digit = i >= kTagLetters && tag[i] >= '0' && tag[i] <= '9';
    if (!is_capital && !is_digit) return {};
  }
  return tag;
}

bool takes_text(const VerbRow* row) { return row != nullptr && row->takes == Takes::text; }

// The line that ends the text behind these words. Also where they are no command: a text is never read as commands
// because its head was mistyped. "approve PASSWORD newinfo ..." is followed by a text just as newinfo is.
std::string text_tag_of(const std::vector<std::string>& words) {
  const std::string_view tag = words.size() > 1 ? tag_in(words.back()) : std::string_view();
  if (!tag.empty()) return std::string(tag);
  const VerbMatch match = match_verb(words.front());
  bool has_text = takes_text(match.row);
  for (const std::string_view candidate : match.candidates) has_text = has_text || takes_text(find_verb(candidate));
  if (match.row != nullptr && match.row->verb == Verb::approve && words.size() > 2) {
    has_text = takes_text(match_verb(words[2]).row);
  }
  return std::string(has_text ? kEndOfText : "");
}

Request not_understood(std::string_view written, bool has_more) {
  Request request;
  request.word = to_lower_ascii(written);
  request.echo = echo_of_unknown(written, has_more);
  return request;
}

// "Accept." and "reject:", as people write them.
std::string without_mark(std::string word) {
  if (word.size() < 2 || std::string_view(".,:;!").find(word.back()) == std::string_view::npos) return word;
  const VerbRow* row = find_verb(std::string_view(word).substr(0, word.size() - 1));
  if (row != nullptr && tongues::decides(row->verb)) word.pop_back();
  return word;
}

// An auth line ends in an address. One that a mail program broke goes on in the next lines up to there.
std::string with_rest_of_auth(CommandLines& lines, std::string line) {
  const std::vector<std::string> words = words_of(line);
  if (words.empty() || match_verb(words.front()).row != find_verb("auth") || looks_like_address(words.back()))
    return line;
  CommandLines ahead = lines;
  std::string joined = line;
  for (std::size_t count = 1; count < kMaxAuthLines; ++count) {
    const auto next = ahead.next();
    if (!next || next->size() > kMaxLineOctets) break;
    const std::vector<std::string> more = words_of(*next);
    const bool is_command = find_verb(more.front()) != nullptr && !is_secret(words_of(joined).back());
    if (is_command) break;
    joined += " " + *next;
    if (!looks_like_address(more.back())) continue;
    lines = ahead;
    return joined;
  }
  return line;
}

// "reject" with its reason below it. Below "reject TOKEN" a line that begins with a verb is a command; in a one-word
// reply nothing is.
std::string reason_below(CommandLines& lines, const Request& reject) {
  std::string reason;
  CommandLines ahead = lines;
  for (std::size_t count = 0; count < kMaxReasonLines && reason.size() < kMaxReasonOctets; ++count) {
    const auto line = ahead.next_own();
    if (!line || line->starts_with('-')) break;
    const std::vector<std::string> words = words_of(*line);
    if (!reject.arguments.empty() && !words.empty() && find_verb(words.front()) != nullptr) break;
    reason += *line + '\n';
    lines = ahead;
  }
  return reason;
}

// Whether a reason is to be looked for below this line.
bool lacks_reason(const Request& request) {
  if (request.verb != Verb::reject || request.arguments.size() > 1) return false;
  return request.arguments.empty() || is_secret(request.arguments.front());
}

using Words = std::span<const std::string>;

// A command and its arguments; behind a secret the command that it stands for.
Request request_of(std::string_view written, const VerbRow& row, Words arguments, const ListWordOf& list_word_of) {
  Request request;
  request.verb = row.verb;
  request.word = row.word;
  request.arguments.assign(arguments.begin(), arguments.end());
  if (row.verb == Verb::search) request.arguments = list_in_front(std::move(request.arguments), list_word_of);
  request.own_arguments = row.own_arguments;
  request.secrets = row.secrets;
  request.takes = row.takes;
  request.echo = echo_of({written, arguments}, row, tongues::kMajordomo, list_word_of);
  if (row.shown != tongues::Shown::command) {
    request.shown_list = shown_list(row, arguments, list_word_of);
  } else if (arguments.size() > 1) {
    const VerbRow* inner = match_verb(arguments[1]).row;
    request.inner.emplace_back();
    if (inner != nullptr && inner->shown != tongues::Shown::command) {
      request.inner.front() = request_of(arguments[1], *inner, arguments.subspan(2), list_word_of);
    } else {
      request.inner.front().word = inner == nullptr ? "" : inner->word;
      request.inner.front().arguments.assign(arguments.begin() + 2, arguments.end());
    }
    request.arguments.resize(1);
  }
  return request;
}

Request read_line(std::string_view line, const ListWordOf& list_word_of) {
  std::vector<std::string> words = words_of(line);
  if (words.empty()) return {};
  const std::string word = without_mark(to_lower_ascii(words.front()));
  const std::string text_tag = text_tag_of(words);
  if (words.size() > 1 && !tag_in(words.back()).empty()) words.pop_back();
  Request request;
  if (line.starts_with('-') || is_uuencoded_file(words) || word == "from:" || word == "de:") {
    request.verb = Verb::end;
    request.word = word;
    request.echo = line.starts_with('-') ? "-" : words.front();
    return request;
  }
  const VerbMatch match = match_verb(word);
  if (match.row == nullptr || line.size() > kMaxLineOctets) {
    request = not_understood(words.front(), words.size() > 1);
    request.candidates.assign(match.candidates.begin(), match.candidates.end());
    if (line.size() > kMaxLineOctets) request.trouble = tongues::Trouble::too_long;
  } else {
    request = request_of(words.front(), *match.row, Words(words).subspan(1), list_word_of);
  }
  request.text_tag = text_tag;
  return request;
}

bool read_next(TextReader& text, std::vector<Request>& requests) {
  CommandLines& lines = text.lines;
  const std::optional<std::string> line = lines.next();
  if (!line) return false;
  requests.push_back(read_line(with_rest_of_auth(lines, *line), *text.list_word_of));
  Request& request = requests.back();
  if (!request.text_tag.empty()) {
    request.text = lines.text_up_to(request.text_tag);
  } else if (lacks_reason(request)) {
    request.text = reason_below(lines, request);
  }
  return true;
}

std::string phrase(Said said, std::string_view words) {
  switch (said) {
    case Said::echo: return with_mark(kEchoMark, words);
    case Said::line: return with_mark("", words);
    case Said::complaint:
    case Said::remark: return with_mark(kErrorMark, words);
    case Said::nothing: return with_mark(kNothingMark, words);
    case Said::success:
      return with_mark("", "Succeeded" + (words.empty() ? "" : " (" + std::string(words) + ")") + ".");
    case Said::end: return with_mark("", kEnd);
  }
  return {};
}

}  // namespace

constinit const Tongue kMajordomo{
    .dialect = &tongues::kMajordomo,
    .read_next = read_next,
    .phrase = phrase,
    .subject = "Majordomo results",
    .head = kStopMark,
};

}  // namespace majlis::commands
