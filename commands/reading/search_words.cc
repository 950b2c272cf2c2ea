#include "commands/reading/search_words.h"

#include <algorithm>
#include <array>

#include "base/date_text.h"
#include "base/text.h"
#include "mail/date_field.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxTerms = 20;
constexpr std::size_t kMaxTermOctets = 200;
constexpr UnixTime kDay = 24 * 3600;
constexpr std::array<std::string_view, 4> kQuotes = {"\u201C", "\u201D", "\u00AB",
                                                     "\u00BB"};  // as telephones write them
constexpr std::array<std::string_view, 4> kKeywords = {"from", "subject", "since", "until"};

std::string with_plain_quotes(std::string word) {
  for (const std::string_view quote : kQuotes) {
    for (std::size_t at = word.find(quote); at != std::string::npos; at = word.find(quote)) {
      word.replace(at, quote.size(), "\"");
    }
  }
  return word;
}

class Reading {
 public:
  explicit Reading(const std::vector<std::string>& words) {
    for (const std::string& word : words) words_.push_back(with_plain_quotes(word));
  }

  std::optional<SoughtPosts> read() {
    while (at_ < words_.size()) {
      if (!read_one()) return std::nullopt;
    }
    const bool is_something = !sought_.words.empty() || sought_.since || sought_.before || sought_.has_bad_date;
    return is_something ? std::optional(std::move(sought_)) : std::nullopt;
  }

 private:
  using Where = SoughtPosts::Words::Where;

  bool read_one() {
    const std::string keyword = to_lower_ascii(words_[at_]);
    if (!is_search_keyword(keyword)) return take_words(Where::anywhere);
    if (++at_ == words_.size()) return false;
    if (keyword == "from") return take_words(Where::author);
    if (keyword == "subject") return take_words(Where::subject);
    const std::optional<UnixTime> day = take_day();
    if (!day) return true;
    if (keyword == "since") {
      sought_.since = day;
    } else {
      sought_.before = *day + kDay;
    }
    return true;
  }

  // One word, or those between quotes.
  bool take_words(Where where) {
    std::string text = words_[at_++];
    if (text.starts_with('"')) {
      while (at_ < words_.size() && (text.size() < 2 || !text.ends_with('"'))) text += " " + words_[at_++];
    }
    std::replace(text.begin(), text.end(), '"', ' ');
    if (text.size() > kMaxTermOctets || sought_.words.size() == kMaxTerms) return false;
    if (!trim(text).empty()) sought_.words.push_back({where, std::string(trim(text))});
    return true;
  }

  // "2026-01-31", "31 Jan 2026"
  std::optional<UnixTime> take_day() {
    const std::string& first = words_[at_++];
    std::optional<UnixTime> day = parse_day(first);
    if (!day && at_ + 1 < words_.size()) {
      day = mail::parse_date_field(first + " " + words_[at_] + " " + words_[at_ + 1] + " 00:00:00 +0000");
      if (day) at_ += 2;
    }
    sought_.has_bad_date = sought_.has_bad_date || !day;
    return day;
  }

  std::vector<std::string> words_;
  std::size_t at_ = 0;
  SoughtPosts sought_;
};

}  // namespace

bool is_search_keyword(std::string_view word) {
  return std::any_of(kKeywords.begin(), kKeywords.end(),
                     [&](std::string_view keyword) { return equals_ignoring_case(word, keyword); });
}

std::optional<SoughtPosts> read_search_words(const std::vector<std::string>& words) { return Reading(words).read(); }

}  // namespace majlis::commands
