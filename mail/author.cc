#include "mail/author.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxBodyOctets = 64 * 1024;
// What may stand around an address in a display name; it belongs to no address that is written without quotes.
constexpr std::string_view kMarks = "'`()[]{},;:.";
constexpr std::string_view kBetweenWords = " \t,;:";

// Behind the quoted string or comment that begins at `at`; `at` when it has no end: then the mark is one like others.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return at;
}

std::size_t end_of_comment(std::string_view text, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '(') {
      ++depth;
    } else if (text[i] == ')' && --depth == 0) {
      return i + 1;
    }
  }
  return at;
}

// A From field taken apart: what stands in its one pair of angle brackets, and what stands around it.
struct Pieces {
  std::string_view address;
  std::string words;  // without quoted strings and comments
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<Pieces> read() {
    bool has_address = false;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' && skip(may_be_quoted_, end_of_quoted(text_, at_))) continue;
      if (c == '(' && skip(may_be_comment_, end_of_comment(text_, at_))) continue;
      if (c == '>' || (c == '<' && has_address)) return std::nullopt;
      if (c == '<') {
        if (!read_address()) return std::nullopt;
        has_address = true;
        continue;
      }
      pieces_.words += c;
      ++at_;
    }
    return has_address ? std::optional(std::move(pieces_)) : std::nullopt;
  }

 private:
  // One mark without an end is enough to know that those behind it have none either.
  bool skip(bool& may_be_one, std::size_t end) {
    if (!may_be_one || end == at_) {
      may_be_one = false;
      return false;
    }
    pieces_.words += ' ';
    at_ = end;
    return true;
  }

  bool read_address() {
    const std::size_t end = text_.find('>', at_);
    if (end == std::string_view::npos) return false;
    pieces_.address = trim(text_.substr(at_ + 1, end - at_ - 1));
    pieces_.words += ' ';
    at_ = end + 1;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool may_be_quoted_ = true;
  bool may_be_comment_ = true;
  Pieces pieces_;
};

bool is_in(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

std::string_view without_marks(std::string_view word) {
  while (!word.empty() && is_in(kMarks, word.front())) word.remove_prefix(1);
  while (!word.empty() && is_in(kMarks, word.back())) word.remove_suffix(1);
  return word;
}

// Whether a word could be taken for another address than this one.
bool has_another(std::string_view words, const Address& address) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find_first_of(kBetweenWords), words.size());
    const std::string_view word = without_marks(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
    if (word.find('@') == std::string_view::npos) continue;
    const std::optional<Address> other = Address::parse(word);
    if (!other || !(*other == address)) return true;
  }
  return false;
}

std::string_view without_separators_at_end(std::string_view text) {
  while (!text.empty() && is_in(kBetweenWords, text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<Mailbox> parse_author(std::string_view from) {
  if (from.size() > kMaxBodyOctets) return std::nullopt;
  if (std::optional<Mailbox> mailbox = parse_mailbox(without_separators_at_end(from))) return mailbox;
  const std::optional<Pieces> pieces = Reader(from).read();
  if (!pieces) return std::nullopt;
  std::optional<Address> address = Address::parse(pieces->address);
  if (!address || has_another(pieces->words, *address)) return std::nullopt;
  return Mailbox{std::string(without_separators_at_end(trim(pieces->words))), std::move(*address)};
}

}  // namespace majlis::mail
