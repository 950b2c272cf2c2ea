// Boost.Regex lives here. Both definitions must precede its headers: the first bounds the steps of one search, the
// second makes this file instantiate the matcher itself, because the library's own copy has the large bound built in.
#define BOOST_REGEX_MAX_STATE_COUNT 1000000
#define BOOST_REGEX_NO_EXTERNAL_TEMPLATES
#include "base/regex.h"

#include <algorithm>
#include <boost/regex.hpp>
#include <optional>
#include <stdexcept>

#include "base/text.h"

namespace majlis {
namespace {

constexpr std::string_view kFlags = "gimosx";

Error refused(std::string_view why) { return {ErrorKind::refused, "base: pattern: " + std::string(why)}; }

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

}  // namespace

struct Pattern::Compiled {
  boost::regex expression;
};

Result<Pattern> Pattern::parse(std::string_view text) {
  if (text.size() > kMaxPatternOctets) {
    return refused("longer than " + std::to_string(kMaxPatternOctets) + " octets");
  }
  if (std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7F'; })) {
    return refused("control character");
  }
  std::string_view rest = text;
  if (rest.starts_with('m')) {
    rest.remove_prefix(1);
  } else if (!rest.starts_with('/')) {
    return refused("must be written /pattern/ or m<delimiter>pattern<delimiter>");
  }
  if (rest.empty() || !may_delimit(rest.front())) return refused("'m' needs a delimiter that is no letter or digit");
  const char delimiter = rest.front();
  rest.remove_prefix(1);
  const std::size_t end = find_unescaped(rest, delimiter);
  if (end == std::string_view::npos) return refused(std::string("no closing '") + delimiter + "'");
  const std::string_view expression = rest.substr(0, end);
  const std::string_view flags = rest.substr(end + 1);
  if (expression.empty()) return refused("empty");
  if (flags.find_first_not_of(kFlags) != std::string_view::npos) {
    return refused("after the closing delimiter only the flags " + std::string(kFlags) + " may stand");
  }
  try {
    Pattern pattern;
    pattern.text_ = text;
    pattern.compiled_ = std::make_shared<const Compiled>(
        Compiled{boost::regex(expression.begin(), expression.end(), options_for(flags))});
    return pattern;
  } catch (const std::exception& problem) {
    return refused(printable(problem.what(), 200));
  }
}

Pattern::Answer Pattern::search(std::string_view line) const {
  // Perl's $ also matches before a final newline, Boost's does not.
  if (line.ends_with('\n')) line.remove_suffix(1);
  line = line.substr(0, kMaxTextOctets);
  try {
    const bool found = boost::regex_search(line.begin(), line.end(), compiled_->expression);
    return found ? Answer::matches : Answer::does_not_match;
  } catch (const std::exception&) {  // "complexity exceeded" is a std::runtime_error, not a regex_error
    return Answer::cannot_tell;
  }
}

}  // namespace majlis
