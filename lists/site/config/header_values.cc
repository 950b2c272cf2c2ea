#include "lists/site/config/header_values.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/posting_values.h"
#include "lists/site/config/value_lines.h"
#include "lists/site/config/value_tokens.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxNameOctets = 70;
constexpr std::size_t kMaxUrlOctets = 900;  // with the field's name on one line of RFC 5322's 998 octets

// Without these a post is none, or is not read as its author meant it; X-Loop keeps lists that take each other's posts
// from doing so without end.
constexpr std::array<std::string_view, 5> kNeeded = {"From", "Date", "Message-ID", "MIME-Version", "X-Loop"};
constexpr std::array<std::string_view, 2> kNeededKinds = {"Content-", "List-"};

constexpr std::array<std::pair<std::string_view, ReplyToMode::To>, 3> kModes = {{
    {"author", ReplyToMode::To::author},
    {"list", ReplyToMode::To::list},
    {"both", ReplyToMode::To::both},
}};

constexpr std::array<std::string_view, 4> kArchiveWords = {"$LIST", "$DOMAIN", "$MONTH", "$MSGID"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// RFC 5322 ftext.
bool is_field_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameOctets &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~' && c != ':'; });
}

bool is_needed(std::string_view name) {
  return std::any_of(kNeeded.begin(), kNeeded.end(), [&](auto each) { return equals_ignoring_case(name, each); }) ||
         std::any_of(kNeededKinds.begin(), kNeededKinds.end(),
                     [&](auto each) { return starts_with_ignoring_case(name, each); });
}

std::optional<Phrase> fault_in_removed_fields(std::string_view value) {
  const std::vector<std::string_view> names = removed_field_names(value);
  if (names.size() > kMaxAddedFields) return fault_of_limit(FaultId::too_many_fields, kMaxAddedFields);
  for (const std::string_view name : names) {
    if (!is_field_name(name)) return fault_of(FaultId::no_field_name, name);
    if (is_needed(name)) return fault_of(FaultId::field_is_needed, name);
  }
  return {};
}

// The first word with a '$' that stands for nothing here; "" when there is none.
std::string_view unknown_word(std::string_view text) {
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    const std::string_view rest = text.substr(at);
    const auto end =
        std::find_if_not(rest.begin() + 1, rest.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
    const std::string_view word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    if (std::find(kArchiveWords.begin(), kArchiveWords.end(), word) == kArchiveWords.end()) return word;
  }
  return {};
}

bool is_uri_octet(char c) {
  return is_letter(c) || is_digit(c) || std::string_view("-._~:/?[]@!&'()*+,;=%").find(c) != std::string_view::npos;
}

bool is_page_address(std::string_view text) {
  const bool has_scheme = starts_with_ignoring_case(text, "https://") || starts_with_ignoring_case(text, "http://");
  const std::string_view rest = has_scheme ? text.substr(text.find("//") + 2) : "";
  return !rest.empty() && rest.front() != '/' && std::all_of(rest.begin(), rest.end(), is_uri_octet);
}

std::optional<Phrase> fault_in_archive_url(std::string_view value) {
  if (const std::string_view word = unknown_word(value); !word.empty()) return fault_of(FaultId::not_filled_in, word);
  ArchiveWords sample;
  for (const std::string_view word : kArchiveWords) sample.emplace_back(word, "x");
  if (archive_url(value, sample).empty()) return fault_of(FaultId::no_archive_url, value);
  return {};
}

// RFC 3986 2.1: everything but unreserved octets.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    encoded.append("%").append(1, kDigits[octet >> 4U]).append(1, kDigits[octet & 15U]);
  }
  return encoded;
}

}  // namespace

std::optional<Phrase> fault_in_header_value(Setting setting, std::string_view value) {
  if (value.empty()) return {};
  if (setting == Setting::remove_headers) return fault_in_removed_fields(value);
  if (setting == Setting::archived_at) return fault_in_archive_url(value);
  if (setting != Setting::reply_to_mode) return {};
  const ReplyToMode mode = read_reply_to_mode(value);
  const bool is_right = mode.to != ReplyToMode::To::address || mode.address;
  return is_right ? std::nullopt : std::optional(fault_of(FaultId::no_reply_to_mode, value));
}

ReplyToMode read_reply_to_mode(std::string_view value) {
  for (const auto& [word, to] : kModes) {
    if (equals_ignoring_case(value, word)) return {to};
  }
  return {ReplyToMode::To::address, mail::Address::parse(value)};
}

std::vector<std::string_view> removed_field_names(std::string_view value) {
  std::vector<std::string_view> names;
  for (const std::string_view line : split_at(value, '\n')) {
    std::string_view name = trim(line);
    if (name.ends_with(':')) name = trim(name.substr(0, name.size() - 1));
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

std::string archive_url(std::string_view value, const ArchiveWords& words) {
  PostTokens tokens;
  for (const auto& [word, meaning] : words) tokens.more.emplace_back(word, percent_encoded(meaning));
  std::string url = fill_in_tokens(value, tokens);
  return url.size() <= kMaxUrlOctets && is_page_address(url) ? url : std::string();
}

}  // namespace majlis::lists
