#include "lists/posts/reading/secret_words.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "auth/password.h"
#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxTestedText = 256 * 1024;  // of one part
constexpr std::size_t kMaxLines = 2000;
constexpr std::size_t kMaxWordsBehindAVerb = 5;
constexpr std::size_t kMinVerbOctets = 3;
constexpr std::string_view kMarks = " \t\r>*_|\"'`-";

constexpr std::array<std::string_view, 4> kApproved = {"approved", "approve", "x-approved", "x-approve"};
constexpr std::array<std::string_view, 8> kVerbs = {"approve", "passwd",    "newinfo",     "newintro",
                                                    "config",  "newconfig", "writeconfig", "mkdigest"};

std::string_view without_marks(std::string_view word) {
  while (!word.empty() && kMarks.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && kMarks.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

bool may_be_password(std::string_view word) {
  return word.size() >= auth::kMinPasswordOctets && word.size() <= auth::kMaxPasswordOctets && auth::is_one_word(word);
}

bool is_verb(std::string_view word) {
  return word.size() >= kMinVerbOctets && std::any_of(kVerbs.begin(), kVerbs.end(), [&](std::string_view verb) {
           return starts_with_ignoring_case(verb, word);
         });
}

// The words of a post, one line after the other.
class Search {
 public:
  void look_at(std::string_view text) {
    behind_verb_ = 0;
    for (std::size_t count = 0; count < kMaxLines && found_.size() < kMaxSecretWords; ++count) {
      const auto line = next_line(text);
      if (!line) break;
      look_at_line(with_plain_blanks(*line));
    }
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  void look_at_line(const std::string& line) {
    const std::vector<std::string_view> words = split_words(line);
    const std::size_t end = line.find_first_of(":=");
    if (end != std::string::npos) {
      const std::string name = to_lower_ascii(without_marks(std::string_view(line).substr(0, end)));
      if (std::find(kApproved.begin(), kApproved.end(), name) != kApproved.end()) {
        return add(std::string_view(line).substr(end + 1));
      }
    }
    // A command may go on below its first line, and "Re: [cooks]" may stand before it.
    for (const std::string_view word : words) {
      if (behind_verb_ > 0) {
        --behind_verb_;
        add(word);
      } else if (is_verb(without_marks(word))) {
        behind_verb_ = kMaxWordsBehindAVerb;
      } else if (!may_stand_before_a_verb(word)) {
        break;
      }
    }
    if (words.empty()) behind_verb_ = 0;
  }

  static bool may_stand_before_a_verb(std::string_view word) {
    return without_marks(word).empty() || word.ends_with(':') || word.front() == '[';
  }

  void add(std::string_view written) {
    const std::string_view word = without_marks(written);
    if (!may_be_password(word) || found_.size() == kMaxSecretWords) return;
    if (std::find(found_.begin(), found_.end(), word) == found_.end()) found_.emplace_back(word);
  }

  std::vector<std::string> found_;
  std::size_t behind_verb_ = 0;
};

}  // namespace

std::vector<std::string> words_that_may_be_secret(const mail::Message& message) {
  Search search;
  search.look_at(message.subject());
  for (const mail::Part& part : message.scan().parts) {
    if (!part.type.starts_with("text/")) continue;
    const std::string_view raw = message.bytes().substr(part.body_begin, part.body_end - part.body_begin);
    const std::string text = mail::decode_transfer(raw.substr(0, kMaxTestedText), part.encoding);
    search.look_at(part.type == "text/html" ? mail::html_to_text(text) : text);
  }
  return search.take();
}

}  // namespace majlis::lists
