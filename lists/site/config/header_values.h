#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "lists/site/config/settings.h"
#include "mail/address.h"

namespace majlis::lists {

// What is wrong with a value of reply_to_mode, remove_headers or archived_at. `value` has passed the check of its type.
// Settings of other kinds are never found wrong here.
std::optional<Phrase> fault_in_header_value(Setting setting, std::string_view value);

// Where answers to a post go.
struct ReplyToMode {
  enum class To { author, list, both, address };
  To to = To::author;
  std::optional<mail::Address> address = std::nullopt;  // with To::address
};
ReplyToMode read_reply_to_mode(std::string_view value);

// The names in remove_headers.
std::vector<std::string_view> removed_field_names(std::string_view value);

// archived_at with its words filled in, each percent-encoded; "" where that gives no URI that could stand in a field.
using ArchiveWords = std::vector<std::pair<std::string_view, std::string>>;  // "$LIST" and what it stands for
std::string archive_url(std::string_view value, const ArchiveWords& words);

}  // namespace majlis::lists
