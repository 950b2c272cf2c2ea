#include "lists/site/config/posting_values.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/topics.h"
#include "lists/site/config/value_lines.h"
#include "lists/site/config/value_tokens.h"
#include "mail/address.h"
#include "mail/address_pattern.h"
#include "mail/domain.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxNameOctets = 70;
constexpr std::size_t kMaxPrecedenceOctets = 30;
constexpr std::string_view kSomeDomain = "example.org";

// Fields that say who wrote what to whom and how it is built, or that have settings and transforms of their own: a
// second one would be read differently by different readers.
constexpr std::array<std::string_view, 24> kNotToBeAdded = {
    "From",
    "To",
    "Cc",
    "Bcc",
    "Date",
    "Subject",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Received",
    "Return-Path",
    "Delivered-To",
    "Approved",
    "DKIM-Signature",
    "Authentication-Results",
    "Lines",
    "X-Original-To",
    "Envelope-To",
    "Approve",
    "X-Approved",
    "X-Approve",
    "Auto-Submitted",
    "Apparently-To",
};

// Fields that Majlis writes itself. Majordomo did not: there owners put them into message_headers.
constexpr std::array<std::string_view, 12> kWrittenAnyway = {
    "Sender",    "Reply-To",  "Errors-To",      "Precedence",       "X-Loop",     "List-Id",
    "List-Post", "List-Help", "List-Subscribe", "List-Unsubscribe", "List-Owner", "List-Unsubscribe-Post",
};

bool is_any_of(std::string_view name, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view known) { return equals_ignoring_case(known, name); });
}

bool may_be_added(std::string_view name) {
  if (starts_with_ignoring_case(name, "Content-") || starts_with_ignoring_case(name, "Resent-")) return false;
  return is_field_name(name) && !is_any_of(name, kNotToBeAdded) && !is_any_of(name, kWrittenAnyway) &&
         !starts_with_ignoring_case(name, "ARC-");
}

bool is_plain_octet(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

// Nothing that could lead out of the folder where posters' files are, and no hidden file.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameOctets && name.front() != '.' && name.front() != '-' &&
         name.find("..") == std::string_view::npos && std::all_of(name.begin(), name.end(), is_plain_octet);
}

bool is_address_or_name(std::string_view value) {
  const bool has_domain = value.find('@') != std::string_view::npos;
  return mail::Address::parse(std::string(value) + (has_domain ? "" : "@" + std::string(kSomeDomain))).has_value();
}

// As they may be filled in.
std::string with_tokens(std::string_view value) {
  return fill_in_tokens(value, {"list", "author@" + std::string(kSomeDomain), "0"});
}

std::optional<Phrase> fault_in_posters(std::string_view value) {
  const std::vector<std::string_view> names = poster_names(value);
  if (names.size() > kMaxPosterNames) return fault_of_limit(FaultId::too_many_posters, kMaxPosterNames);
  for (const std::string_view name : names) {
    if (!is_plain_name(name)) return fault_of(FaultId::no_poster_name, name);
  }
  return {};
}

std::optional<Phrase> fault_in_address_patterns(std::string_view value) {
  while (const auto line = next_line(value)) {
    if (!trim(*line).empty() && !mail::address_pattern(*line)) return fault_of(FaultId::no_address, *line);
  }
  return {};
}

std::optional<Phrase> fault_in_domains(std::string_view value) {
  for (const std::string_view word : split_words(value)) {
    if (!is_domain_pattern(word)) return fault_of(FaultId::no_domain, word);
  }
  return {};
}

std::optional<Phrase> fault_in_equivalent_domains(std::string_view value) {
  while (const auto line = next_line(value)) {
    for (const std::string_view word : split_words(*line)) {
      if (!mail::canonical_domain(word)) return fault_of(FaultId::no_domain, word);
    }
  }
  return {};
}

std::optional<Phrase> fault_in_added_fields(std::string_view value) {
  const std::vector<std::string> lines = split_lines(value);
  if (lines.size() > kMaxAddedFields) return fault_of_limit(FaultId::too_many_fields, kMaxAddedFields);
  for (const std::string& line : lines) {
    if (line.empty() || !read_added_field(line).name.empty()) continue;
    const std::string_view name = trim(std::string_view(line).substr(0, line.find(':')));
    if (line.find(':') == std::string::npos || !is_field_name(name)) return fault_of(FaultId::no_field, line);
    return fault_of(FaultId::not_our_field, name);
  }
  return {};
}

}  // namespace

bool is_field_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameOctets &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~' && c != ':'; });
}

bool is_domain_pattern(std::string_view word) {
  const bool is_plain = std::all_of(word.begin(), word.end(), [](char c) {
    const char lower = to_lower_ascii(c);
    const bool is_letter = (lower >= 'a' && lower <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    return is_letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '*';
  });
  return is_plain && mail::address_pattern("*@" + std::string(word)).has_value();
}

std::vector<std::string_view> poster_names(std::string_view value) {
  std::vector<std::string_view> names;
  for (const std::string_view piece : split_at(value, ':')) {
    for (const std::string_view name : split_words(piece)) names.push_back(name);
  }
  return names;
}

AddedField read_added_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !may_be_added(line.substr(0, colon))) return {};
  return {line.substr(0, colon), trim(line.substr(colon + 1))};
}

std::string without_fields_written_anyway(std::string_view value, std::vector<std::string>& left_out) {
  std::string kept;
  for (const std::string_view line : split_at(value, '\n')) {
    const std::string_view name = trim(line.substr(0, line.find(':')));
    if (line.find(':') != std::string_view::npos && is_any_of(name, kWrittenAnyway)) {
      left_out.emplace_back(name);
    } else {
      kept.append(kept.empty() ? "" : "\n").append(line);
    }
  }
  return kept;
}

std::optional<Phrase> fault_in_posting_value(Setting setting, std::string_view value) {
  if (value.empty()) return {};
  const auto fault_unless = [&](bool is_right, FaultId id) {
    return is_right ? std::nullopt : std::optional(fault_of(id, value));
  };
  switch (setting) {
    case Setting::accept_these_nonmembers:
    case Setting::hold_these_nonmembers:
    case Setting::reject_these_nonmembers:
    case Setting::discard_these_nonmembers:
    case Setting::subscribe_auto_approval:
    case Setting::address_filter:
    case Setting::address_filter_except: return fault_in_address_patterns(value);
    case Setting::join_domains: return fault_in_domains(value);
    case Setting::equivalent_domains: return fault_in_equivalent_domains(value);
    case Setting::restrict_post: return fault_in_posters(value);
    case Setting::message_headers: return fault_in_added_fields(value);
    case Setting::topics: return fault_in_topics(value);
    case Setting::moderator: return fault_unless(is_address_or_name(value), FaultId::no_address);
    case Setting::sender: return fault_unless(is_address_or_name(with_tokens(value)), FaultId::no_address);
    case Setting::reply_to: return fault_unless(is_address_or_name(with_tokens(value)), FaultId::gives_no_address);
    case Setting::resend_host: return fault_unless(is_address_or_name("x@" + std::string(value)), FaultId::no_domain);
    case Setting::precedence: {
      const bool is_word =
          value.size() <= kMaxPrecedenceOctets && std::all_of(value.begin(), value.end(), is_plain_octet);
      return fault_unless(is_word, FaultId::no_word);
    }
    default: return {};
  }
}

}  // namespace majlis::lists
