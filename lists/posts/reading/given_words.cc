#include "lists/posts/reading/given_words.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/digit.h"
#include "base/text.h"
#include "tongues/dialect.h"

namespace majlis::lists {
namespace {

using tongues::Secrets;
using tongues::Verb;
using Words = std::span<const std::string_view>;

constexpr std::size_t kMaxTestedText = 64 * 1024;
constexpr std::size_t kMaxLines = 400;
constexpr std::size_t kLeastOctets = 3;
constexpr std::string_view kBlank = "***";
constexpr std::string_view kSetting = "pw=";
constexpr std::string_view kAddress = "address=";
constexpr std::string_view kMarks = ">*_|\"'`<>,;:!?.";
constexpr std::array<std::string_view, 4> kPasswordWords = {"add", "change", "rep", "reset"};
constexpr std::array<std::string_view, 5> kKept = {"From", "To", "Date", "Message-ID", "Subject"};

bool is_of_word(char c) {
  const char lower = to_lower_ascii(c);
  return is_digit(c) || (lower >= 'a' && lower <= 'z') || static_cast<unsigned char>(c) > 0x7F;
}

std::string_view without_marks(std::string_view word) {
  while (!word.empty() && kMarks.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && kMarks.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

class Search {
 public:
  explicit Search(std::string_view list) : list_(list) {}

  void look_at(std::string_view text) {
    for (std::size_t count = 0; count < kMaxLines; ++count) {
      const auto line = next_line(text);
      if (!line) break;
      std::vector<std::string_view> words;
      for (const std::string_view word : split_words(*line)) {
        if (const std::string_view bare = without_marks(word); !bare.empty()) words.push_back(bare);
      }
      if (!words.empty()) look_at_line(words);
    }
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  void look_at_line(Words words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (!starts_with_ignoring_case(words[i], kSetting)) continue;
      add(words[i].size() > kSetting.size() || i + 1 == words.size() ? words[i].substr(kSetting.size()) : words[i + 1]);
    }
    const Words behind = words.subspan(1);
    for (const tongues::Dialect* dialect : tongues::all_dialects()) {
      const tongues::VerbRow* row = tongues::find_verb(*dialect, words.front());
      if (row != nullptr && !behind.empty()) look_behind(*row, behind);
    }
  }

  void look_behind(const tongues::VerbRow& row, Words words) {
    if (row.secrets == Secrets::password_before) return add(words.front());
    if (tongues::is_owners(row.secrets)) return add_all(words);
    switch (row.verb) {
      case Verb::personal_password: return add_all(words);
      case Verb::set:
        if (words.size() > 1 && equals_ignoring_case(words.front(), "authenticate")) add(words[1]);
        return;
      case Verb::subscribe:
      case Verb::unsubscribe:
      case Verb::who:
        if (is_alone(words)) add(words.front());
        return;
      default: return;
    }
  }

  // But for whom it is about, and how digests are to be.
  static bool is_alone(Words words) {
    return std::all_of(words.begin() + 1, words.end(), [](std::string_view word) {
      return starts_with_ignoring_case(word, kAddress) || equals_ignoring_case(word, "digest") ||
             equals_ignoring_case(word, "nodigest");
    });
  }

  void add_all(Words words) {
    for (const std::string_view word : words) {
      const bool is_word_of_pw = std::any_of(kPasswordWords.begin(), kPasswordWords.end(),
                                             [&](std::string_view each) { return equals_ignoring_case(each, word); });
      if (!is_word_of_pw && !starts_with_ignoring_case(word, kSetting)) add(word);
    }
  }

  void add(std::string_view word) {
    const bool is_no_password =
        word.size() < kLeastOctets || word.find('@') != std::string_view::npos || equals_ignoring_case(word, list_);
    if (is_no_password || found_.size() == kMaxGivenWords) return;
    if (std::find(found_.begin(), found_.end(), word) == found_.end()) found_.emplace_back(word);
  }

  std::string_view list_;
  std::vector<std::string> found_;
};

bool has_one(const std::string& text, const std::vector<std::string>& words) {
  return without_given_words(text, words) != text;
}

}  // namespace

std::vector<std::string> given_words(const mail::Message& message, std::string_view list) {
  Search search(list);
  search.look_at(message.subject());
  search.look_at(message.written_text(kMaxTestedText).value_or(""));
  return search.take();
}

std::string without_given_words(std::string text, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
      const std::size_t end = at + word.size();
      const bool is_whole = (at == 0 || !is_of_word(text[at - 1])) && (end == text.size() || !is_of_word(text[end]));
      if (is_whole) text.replace(at, word.size(), kBlank);
      at += is_whole ? kBlank.size() : word.size();
    }
  }
  return text;
}

mail::Message without_given_words(const mail::Message& message, const std::vector<std::string>& words) {
  const std::string text = message.written_text(kMaxTestedText).value_or("");
  mail::Message blanked = mail::Message::open(without_given_words(std::string(message.bytes()), words));
  const bool is_readable =
      !has_one(blanked.written_text(kMaxTestedText).value_or(""), words) && !has_one(blanked.subject(), words);
  if (is_readable) return blanked;
  std::string plain;
  for (const std::string_view name : kKept) {
    const bool is_subject = name == "Subject";
    const std::string value = is_subject ? message.subject() : message.field(name).value_or("");
    plain.append(name).append(": ").append(without_given_words(value, words)).append("\n");
  }
  plain += "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n";
  return mail::Message::open(plain + without_given_words(text, words));
}

}  // namespace majlis::lists
