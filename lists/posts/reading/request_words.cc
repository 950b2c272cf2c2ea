#include "lists/posts/reading/request_words.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxScannedLines = 400;
constexpr std::size_t kMaxWords = 400;
constexpr std::size_t kMaxWordOctets = 80;
constexpr std::size_t kRuleOctets = 8;  // a line of so many marks parts a signature or a footer from the text

// Begins of lines behind which nothing is the author's.
constexpr std::array<std::string_view, 5> kEnds = {"-------- ", "Begin forwarded message", "Sent from my ",
                                                   "________________", "From:"};
constexpr std::array<std::string_view, 7> kOtherForms = {"unsubscribed", "unsubscribes", "unsubscriber", "subscribed",
                                                         "subscribes",   "subscriber",   "subscribers"};

bool is_rule(std::string_view line) {
  return line.size() >= kRuleOctets && std::all_of(line.begin(), line.end(), [](char c) {
           return std::string_view("-_=*.~# ").find(c) != std::string_view::npos;
         });
}

bool begins_quote(std::string_view line) {
  return (starts_with_ignoring_case(line, "On ") && line.ends_with("wrote:")) ||
         find_ignoring_case(line, "--Original Message") != std::string_view::npos ||
         find_ignoring_case(line, "-- Original Message") != std::string_view::npos;
}

bool ends_own_text(std::string_view line) {
  if (line == "--" || line == "- --" || is_rule(line) || begins_quote(line)) return true;
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return starts_with_ignoring_case(line, end); });
}

bool is_word_octet(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
  return letter || c == '@' || c == '.' || c == '-' || c == '_' || c == '+' || c == '=' || c == '\'' || c == '/';
}

// Letters to add, drop or change to get from one to the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

bool is_spelling_of(std::string_view word, std::string_view verb, std::size_t most) {
  if (word.size() + most < verb.size() || word.size() > verb.size() + most) return false;
  if (std::find(kOtherForms.begin(), kOtherForms.end(), word) != kOtherForms.end()) return false;
  return distance(word, verb) <= most;
}

}  // namespace

OwnText own_text(std::string_view text) {
  OwnText own;
  for (std::size_t i = 0; i < kMaxScannedLines; ++i) {
    const auto written = next_line(text);
    if (!written) break;
    const std::string_view line = trim(*written);
    own.has_quote = own.has_quote || line.starts_with('>') || begins_quote(line);
    if (line.empty() || line.front() == '>') continue;
    if (ends_own_text(line)) break;
    own.octets += line.size();
    if (own.lines.size() < kMaxOwnLines) own.lines.emplace_back(line);
  }
  return own;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&](bool ends_sentence) {
    while (!word.empty() && (word.back() == '.' || word.back() == '\'' || word.back() == '-')) {
      ends_sentence = ends_sentence || word.back() == '.';
      word.pop_back();
    }
    if (!word.empty() && words.size() < kMaxWords) words.push_back(word.substr(0, kMaxWordOctets));
    word.clear();
    if (ends_sentence && !words.empty() && words.back() != ".") words.emplace_back(".");
  };
  for (const char original : text) {
    const char c = to_lower_ascii(original);
    if (is_word_octet(c)) {
      word += c;
    } else if (c == '?' || c == '!' || c == ';' || is_blank(c) || c == '\n' || c == ',' || c == ':') {
      end_word(c == '?' || c == '!' || c == ';');
    }  // brackets, quotes and the like stand in a word without parting it
  }
  end_word(false);
  return words;
}

bool is_unsubscribe(std::string_view word) {
  std::string joined(word);
  std::erase(joined, '-');
  return joined.starts_with("un") && is_spelling_of(joined, "unsubscribe", 2);
}

bool is_subscribe(std::string_view word) { return word.starts_with("su") && is_spelling_of(word, "subscribe", 1); }

}  // namespace majlis::lists
