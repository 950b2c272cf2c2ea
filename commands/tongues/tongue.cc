#include "commands/tongues/tongue.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "commands/reading/secret_words.h"

namespace majlis::commands {

namespace {

using tongues::Verb;

// Whether `besides` has the word of a line that was not understood.
bool knows(const Tongue* besides, const tongues::Request& request) {
  if (besides == nullptr || request.verb != Verb::not_understood || request.trouble != tongues::Trouble::none) {
    return false;
  }
  const tongues::VerbRow* row = tongues::find_verb(*besides->dialect, request.word);
  return row != nullptr && row->verb != Verb::not_yet && row->verb != Verb::not_here;
}

// A line that a telephone has put below the commands: "Sent from my iPhone", "Get Outlook for iOS". It names no list,
// stands apart at the very end, and is nothing that a person asks for.
bool is_of_telephone(const TextReader& reader, const Tongue& tongue) {
  constexpr std::size_t kLeastWords = 3;
  const auto line = reader.lines.last_apart();
  if (!line) return false;
  const std::vector<std::string_view> words = split_words(*line);
  const bool names_list = std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return (*reader.list_word_of)(std::string(word)) == ListWord::known || word.find('@') != std::string_view::npos;
  });
  if (words.size() < kLeastWords || names_list) return false;
  const tongues::VerbMatch match = tongues::match_verb(*tongue.dialect, words.front());
  return match.row == nullptr ? match.candidates.empty() : match.row->verb == Verb::get;
}

bool is_command(const tongues::Request& request) {
  return request.verb != Verb::not_understood && request.verb != Verb::end;
}

}  // namespace

std::vector<tongues::Request> Tongue::read(std::string_view text, std::size_t max, const ListWordOf& list_word_of,
                                           const Tongue* besides) const {
  std::vector<tongues::Request> requests;
  TextReader reader{CommandLines(text), &list_word_of};
  while (requests.size() < max) {
    const bool has_command = std::any_of(requests.begin(), requests.end(), is_command);
    if (has_command && is_of_telephone(reader, *this)) break;
    const std::size_t read_before = requests.size();
    const TextReader before = reader;
    if (!read_next(reader, requests)) break;
    if (requests.size() == read_before) continue;
    if (knows(besides, requests.back())) {
      TextReader again = before;
      again.is_begun = true;
      std::vector<tongues::Request> theirs;
      if (besides->read_next(again, theirs) && !theirs.empty()) {
        reader = again;
        requests.resize(read_before);
        std::move(theirs.begin(), theirs.end(), std::back_inserter(requests));
      }
    }
    const tongues::Request& last = requests.back();
    const bool is_unknown = last.verb == Verb::not_understood && last.trouble == tongues::Trouble::none;
    if (last.verb == Verb::end || (is_unknown && dialect->unknown_ends)) break;
  }
  if (requests.size() > max) requests.resize(max);
  return requests;
}

std::string with_mark(std::string_view mark, std::string_view words) {
  std::string marked;
  for (const std::string_view line : split_at(words, '\n')) marked.append(mark).append(line).append("\n");
  return marked;
}

tongues::Request confirmation_by(const Tongue& tongue, std::string_view token,
                                 std::optional<tongues::PlainReply> reply) {
  tongues::Request request;
  request.verb = tongues::Verb::auth;
  request.word = tongues::word_of(*tongue.dialect, request.verb);
  request.arguments.emplace_back(token);
  request.secrets = tongues::Secrets::token;
  request.echo = request.word + " " + std::string(kMask);
  request.reply = std::move(reply);
  return request;
}

}  // namespace majlis::commands
