#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/site/config/settings.h"

namespace majlis::lists {

constexpr std::size_t kMaxPosterNames = 20;
constexpr std::size_t kMaxAddedFields = 50;

// What is wrong with a value of a setting that ends in the header of a post or names who may post or join.
// `value` has passed the check of its type. Settings of other kinds are never found wrong here.
std::optional<Phrase> fault_in_posting_value(Setting setting, std::string_view value);

// Whether it may be the name of a header field (RFC 5322 3.6.8), of at most 70 octets.
bool is_field_name(std::string_view name);

// Whether it may stand in join_domains: a domain, '*' in it for anything.
bool is_domain_pattern(std::string_view word);

// restrict_post taken apart: names between ':' and blanks.
std::vector<std::string_view> poster_names(std::string_view value);

// The lines of message_headers but those whose field Majlis writes itself (Reply-To, Precedence, List-*); these are
// named in `left_out`.
std::string without_fields_written_anyway(std::string_view value, std::vector<std::string>& left_out);

// A line "Name: value" of message_headers. Name and value are empty when it is none that a list may add.
struct AddedField {
  std::string_view name;
  std::string_view value;
};
AddedField read_added_field(std::string_view line);

}  // namespace majlis::lists
