#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// What is searched, and the reasons it gives.
struct SearchedText {
  std::string_view text;
  std::size_t max_lines;
  ReasonId matches;
  ReasonId cannot_tell;
};

// A field's body in one line with its encoded words decoded, as people read it.
std::string field_as_read(const mail::Message& message, const mail::Field& field);

// A text part as people read it, whatever its transfer encoding and charset; of a long one the first kMaxSearchedOctets
// octets or a little more.
std::string text_of_part(const mail::Message& message, const mail::Part& part);
constexpr std::size_t kMaxSearchedOctets = 256 * 1024;

// The header for patterns: its lines as they came, as resend tests them, and behind them each field in one line with
// its encoded words decoded, as people read it.
std::string header_as_read(const mail::Message& message);
constexpr std::size_t kMaxHeaderLines = 4000;

// The list's patterns of this setting, each on each line. The first that matches holds the post, and so does one that
// cannot tell within the bound of all searches together: then it is named in Decision::broken_pattern.
std::optional<Decision> search_patterns(const ListConfig& config, Setting setting, const SearchedText& searched);

}  // namespace majlis::lists
