// Boost.Regex lives here. Both definitions must precede its headers: the first bounds the steps of one search, the
// second makes this file instantiate the matcher itself, because the library's own copy has the large bound built in.
#define BOOST_REGEX_MAX_STATE_COUNT 1000000
#define BOOST_REGEX_NO_EXTERNAL_TEMPLATES
#include "base/regex.h"

#include <algorithm>
#include <array>
#include <boost/regex.hpp>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>

#include "base/text.h"

namespace majlis {
namespace {

constexpr std::string_view kFlags = "gimosx";
constexpr std::size_t kNearOctets = 12;
constexpr std::string_view kEverything = ".*";  // on most lists, in "advertise"; it needs no engine

using Values = std::map<std::string, std::string, std::less<>>;

Error refused(std::string_view id, std::string_view why, Values values = {}) {
  return {ErrorKind::refused, "base: pattern: " + std::string(why), Phrase{id, std::move(values)}};
}

// What the engine complains of, by its own numbers; its words are English.
struct Complaint {
  boost::regex_constants::error_type error;
  std::string_view id;
};
constexpr std::array kComplaints = {
    Complaint{boost::regex_constants::error_collate, "pattern_collation"},
    Complaint{boost::regex_constants::error_ctype, "pattern_class"},
    Complaint{boost::regex_constants::error_escape, "pattern_escape"},
    Complaint{boost::regex_constants::error_backref, "pattern_reference"},
    Complaint{boost::regex_constants::error_brack, "pattern_bracket"},
    Complaint{boost::regex_constants::error_paren, "pattern_parenthesis"},
    Complaint{boost::regex_constants::error_brace, "pattern_brace"},
    Complaint{boost::regex_constants::error_badbrace, "pattern_brace"},
    Complaint{boost::regex_constants::error_range, "pattern_range"},
    Complaint{boost::regex_constants::error_badrepeat, "pattern_repeat"},
    Complaint{boost::regex_constants::error_empty, "pattern_alternative"},
    Complaint{boost::regex_constants::error_perl_extension, "pattern_extension"},
};

// The octets around the place where the engine stopped.
std::string near(std::string_view expression, std::ptrdiff_t position) {
  const auto at = std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(position, 0)), expression.size());
  const std::size_t begin = at - std::min(at, kNearOctets);
  return printable_utf8(expression.substr(begin, at - begin + kNearOctets), 2 * kNearOctets);
}

Error refused(std::string_view expression, const boost::regex_error& error) {
  const auto* row = std::find_if(kComplaints.begin(), kComplaints.end(),
                                 [&](const Complaint& complaint) { return complaint.error == error.code(); });
  return refused(row == kComplaints.end() ? "pattern_not_compiled" : row->id, printable(error.what(), 200),
                 {{"near", near(expression, error.position())}});
}

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool may_delimit(char c) { return c > ' ' && c <= '~' && c != '\\' && !is_word_character(c); }

// Position of the first `delimiter` that no backslash protects.
std::size_t find_unescaped(std::string_view text, char delimiter) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == delimiter) return i;
    if (text[i] == '\\') ++i;
  }
  return std::string_view::npos;
}

// Perl's meaning of ^, $ and '.', which is not Boost's default. g and o mean nothing to a search.
boost::regex::flag_type options_for(std::string_view flags) {
  const auto has = [&](char flag) { return flags.find(flag) != std::string_view::npos; };
  boost::regex::flag_type options = boost::regex::perl;
  if (has('i')) options |= boost::regex::icase;
  if (!has('m')) options |= boost::regex::no_mod_m;
  options |= has('s') ? boost::regex::mod_s : boost::regex::no_mod_s;
  if (has('x')) options |= boost::regex::mod_x;
  return options;
}

// A text that counts how often it is looked at. Being no random access iterator it also gets the plain state count:
// for those Boost allows the square of the pattern's length times the text's, which is minutes.
class CountedText {
 public:
  using iterator_category = std::bidirectional_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountedText() = default;
  CountedText(const char* at, std::uint64_t* steps_left) : at_(at), steps_left_(steps_left) {}

  reference operator*() const {
    if (*steps_left_ == 0) throw std::runtime_error("too many steps");
    --*steps_left_;
    return *at_;
  }
  CountedText& operator++() {
    ++at_;
    return *this;
  }
  CountedText operator++(int) { return {at_++, steps_left_}; }
  CountedText& operator--() {
    --at_;
    return *this;
  }
  CountedText operator--(int) { return {at_--, steps_left_}; }
  friend bool operator==(const CountedText& a, const CountedText& b) { return a.at_ == b.at_; }

 private:
  const char* at_ = nullptr;
  std::uint64_t* steps_left_ = nullptr;
};

}  // namespace

struct Pattern::Compiled {
  boost::regex expression;
};

Result<Pattern> Pattern::parse(std::string_view text) {
  if (text.size() > kMaxPatternOctets) {
    return refused("pattern_octets", "longer than " + std::to_string(kMaxPatternOctets) + " octets",
                   {{"maximum", std::to_string(kMaxPatternOctets)}});
  }
  if (std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7F'; })) {
    return refused("pattern_control", "control character");
  }
  std::string_view rest = text;
  if (rest.starts_with('m')) {
    rest.remove_prefix(1);
  } else if (!rest.starts_with('/')) {
    return refused("pattern_form", "must be written /pattern/ or m<delimiter>pattern<delimiter>");
  }
  if (rest.empty() || !may_delimit(rest.front())) {
    return refused("pattern_delimiter", "'m' needs a delimiter that is no letter or digit");
  }
  const char delimiter = rest.front();
  rest.remove_prefix(1);
  const std::size_t end = find_unescaped(rest, delimiter);
  if (end == std::string_view::npos) {
    return refused("pattern_not_closed",
                   std::string("no closing '") + delimiter + "': a pattern ends with the character it began with",
                   {{"delimiter", printable_utf8(std::string(1, delimiter), 4)}});
  }
  const std::string_view expression = rest.substr(0, end);
  const std::string_view flags = rest.substr(end + 1);
  if (expression.empty()) return refused("pattern_empty", "empty");
  if (flags.find_first_not_of(kFlags) != std::string_view::npos) {
    return refused("pattern_flags", "after the closing delimiter only the flags " + std::string(kFlags) + " may stand",
                   {{"flags", std::string(kFlags)}});
  }
  Pattern pattern;
  pattern.text_ = text;
  pattern.expression_at_ = static_cast<std::size_t>(expression.data() - text.data());
  pattern.expression_octets_ = expression.size();
  if (expression == kEverything) return pattern;
  try {
    pattern.compiled_ = std::make_shared<const Compiled>(
        Compiled{boost::regex(expression.begin(), expression.end(), options_for(flags))});
    return pattern;
  } catch (const boost::regex_error& problem) {
    return refused(expression, problem);
  } catch (const std::exception& problem) {
    return refused("pattern_not_compiled", printable(problem.what(), 200),
                   {{"near", printable_utf8(expression, kNearOctets)}});
  }
}

Pattern::Answer Pattern::search(std::string_view line, std::uint64_t* steps_left) const {
  if (!compiled_) return Answer::matches;
  const std::uint64_t granted = steps_left == nullptr ? kMaxSteps : std::min(kMaxSteps, *steps_left);
  std::uint64_t steps = granted;
  // Perl's $ also matches before a final newline, Boost's does not.
  if (line.ends_with('\n')) line.remove_suffix(1);
  line = line.substr(0, kMaxTextOctets);
  Answer answer = Answer::cannot_tell;
  try {
    boost::match_results<CountedText> where;
    const bool found = boost::regex_search(
        CountedText(line.data(), &steps), CountedText(line.data() + line.size(), &steps), where, compiled_->expression);
    answer = found ? Answer::matches : Answer::does_not_match;
  } catch (const std::exception&) {  // "complexity exceeded" is a std::runtime_error, not a regex_error
  }
  // One step for the search itself: a budget runs out even by searches that look at nothing.
  if (steps_left != nullptr) *steps_left -= std::min(*steps_left, granted - steps + 1);
  return answer;
}

}  // namespace majlis
