#include "lists/site/config/setting_value.h"

#include <algorithm>

#include "auth/password.h"
#include "base/regex.h"
#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/content_values.h"
#include "lists/site/config/default_options.h"
#include "lists/site/config/header_values.h"
#include "lists/site/config/posting_values.h"
#include "lists/site/config/renewal_rule.h"
#include "lists/site/config/value_lines.h"
#include "mail/address.h"

namespace majlis::lists {
namespace {

Error refused(const SettingSpec& spec, Phrase why) { return lists::refused(about(spec.name, std::move(why))); }

bool is_control(char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7F'; }

// Why it is no line of text.
std::optional<Phrase> fault_in_line(std::string_view line) {
  if (line.size() > kMaxLineOctets) return fault_of_limit(FaultId::line_too_long, kMaxLineOctets);
  if (std::any_of(line.begin(), line.end(), is_control)) return fault(FaultId::control_character);
  if (!is_valid_utf8(line)) return fault(FaultId::not_text);
  return {};
}

Result<std::string> normalise_boolean(const SettingSpec& spec, std::string_view value) {
  const std::string lower = to_lower_ascii(value);
  if (lower == "yes" || lower == "y") return std::string("yes");
  if (lower == "no" || lower == "n") return std::string("no");
  return refused(spec, fault_of(FaultId::not_boolean, value));
}

Result<std::string> normalise_choice(const SettingSpec& spec, std::string_view value) {
  std::string names;
  for (const std::string_view choice : split_at(spec.choices, '|')) {
    if (equals_ignoring_case(choice, value)) return std::string(choice);
    names += (names.empty() ? "" : ", ") + std::string(choice);
  }
  Phrase phrase = fault_of(FaultId::none_of, value);
  phrase.values.emplace("names", std::move(names));
  return refused(spec, std::move(phrase));
}

Result<std::string> normalise_integer(const SettingSpec& spec, std::string_view value) {
  const std::optional<std::uint64_t> number = parse_number(value);
  if (!number || *number < static_cast<std::uint64_t>(spec.minimum) ||
      *number > static_cast<std::uint64_t>(spec.maximum)) {
    Phrase phrase = fault_of(FaultId::no_number, value);
    phrase.values.emplace("minimum", std::to_string(spec.minimum));
    phrase.values.emplace("maximum", std::to_string(spec.maximum));
    return refused(spec, std::move(phrase));
  }
  return std::to_string(*number);
}

Result<std::string> normalise_line(const SettingSpec& spec, std::string_view value) {
  if (std::optional<Phrase> wrong = fault_in_line(value)) return refused(spec, std::move(*wrong));
  if (value.find('#') != std::string_view::npos) return refused(spec, fault(FaultId::comment_in_value));
  return std::string(value);
}

Result<std::string> normalise_word(const SettingSpec& spec, std::string_view value) {
  if (split_words(value).size() > 1) return refused(spec, fault_of(FaultId::several_words, value));
  return normalise_line(spec, value);
}

Result<std::string> normalise_secret(const SettingSpec& spec, std::string_view value) {
  if (value.size() < auth::kMinPasswordOctets || value.size() > auth::kMaxPasswordOctets) {
    return refused(spec, fault_in_password_length());
  }
  if (split_words(value).size() > 1) return refused(spec, fault(FaultId::password_blanks));
  return normalise_line(spec, value);
}

// Appends the addresses of one line, those known already left out; false when it is not addresses.
bool read_addresses(std::string_view line, std::vector<mail::Address>& addresses) {
  std::vector<mail::Address> found;
  if (std::optional<mail::Address> address = mail::Address::parse(line)) {
    found.push_back(std::move(*address));
  } else {
    std::optional<std::vector<mail::Mailbox>> mailboxes = mail::parse_mailbox_list(line, kMaxAddresses);
    if (!mailboxes) return false;
    for (mail::Mailbox& mailbox : *mailboxes) found.push_back(std::move(mailbox.address));
  }
  for (mail::Address& address : found) {
    if (addresses.size() > kMaxAddresses) return true;
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
      addresses.push_back(std::move(address));
  }
  return true;
}

Result<std::string> normalise_addresses(const SettingSpec& spec, std::string_view value) {
  std::vector<mail::Address> addresses;
  while (const std::optional<std::string_view> line = next_line(value)) {
    const std::string_view content = trim(*line);
    if (content.empty()) continue;
    if (!read_addresses(content, addresses)) return refused(spec, fault_of(FaultId::no_address, content));
    if (addresses.size() > kMaxAddresses)
      return refused(spec, fault_of_limit(FaultId::too_many_addresses, kMaxAddresses));
  }
  std::string normal;
  for (const mail::Address& address : addresses) normal += (normal.empty() ? "" : "\n") + address.text();
  return normal;
}

Result<std::string> normalise_patterns(const SettingSpec& spec, std::string_view value) {
  std::string normal;
  std::size_t count = 0;
  while (const std::optional<std::string_view> line = next_line(value)) {
    const std::string_view content = trim(*line);
    if (content.empty()) continue;
    if (++count > kMaxPatterns) return refused(spec, fault_of_limit(FaultId::too_many_patterns, kMaxPatterns));
    if (!is_valid_utf8(content)) return refused(spec, fault(FaultId::not_text));
    const Result<Pattern> pattern = Pattern::parse(content);
    if (!pattern) return refused(spec, fault_in_pattern(content, pattern.error()));
    normal += (normal.empty() ? "" : "\n") + std::string(content);
  }
  return normal;
}

Result<std::string> normalise_lines(const SettingSpec& spec, std::string_view value) {
  std::string normal;
  std::size_t count = 0;
  for (std::string_view line : split_at(value, '\n')) {
    if (++count > kMaxValueLines) return refused(spec, fault_of_limit(FaultId::too_many_lines, kMaxValueLines));
    while (line != kSignatureLine && !line.empty() && (is_blank(line.back()) || line.back() == '\r')) {
      line.remove_suffix(1);
    }
    if (std::optional<Phrase> wrong = fault_in_line(line)) return refused(spec, std::move(*wrong));
    if (count > 1) normal += '\n';
    normal += line;
  }
  const bool has_text = normal.find_first_not_of('\n') != std::string::npos;
  return has_text ? normal : std::string();
}

}  // namespace

bool is_array(SettingType type) {
  return type == SettingType::addresses || type == SettingType::patterns || type == SettingType::lines;
}

namespace {

Result<std::string> normalise_by_type(const SettingSpec& spec, std::string_view value) {
  if (value.size() > kMaxValueOctets) return refused(spec, fault_of_limit(FaultId::too_long, kMaxValueOctets));
  const std::string_view content = is_array(spec.type) ? value : trim(value);
  if (content.empty()) return std::string();
  switch (spec.type) {
    case SettingType::boolean: return normalise_boolean(spec, content);
    case SettingType::choice: return normalise_choice(spec, content);
    case SettingType::word: return normalise_word(spec, content);
    case SettingType::line: return normalise_line(spec, content);
    case SettingType::integer: return normalise_integer(spec, content);
    case SettingType::addresses: return normalise_addresses(spec, content);
    case SettingType::patterns: return normalise_patterns(spec, content);
    case SettingType::lines: return normalise_lines(spec, content);
    case SettingType::secret: return normalise_secret(spec, content);
  }
  return std::string();
}

}  // namespace

Result<std::string> normalise_value(const SettingSpec& spec, std::string_view value) {
  Result<std::string> normal = normalise_by_type(spec, value);
  if (!normal) return normal;
  std::optional<Phrase> wrong =
      spec.setting == Setting::renewal ? fault_in_renewal(*normal) : fault_in_posting_value(spec.setting, *normal);
  if (!wrong) wrong = fault_in_content_value(spec.setting, *normal);
  if (!wrong) wrong = fault_in_header_value(spec.setting, *normal);
  if (!wrong && spec.setting == Setting::default_options) wrong = fault_in_default_options(*normal);
  if (wrong) return refused(spec, std::move(*wrong));
  return normal;
}

}  // namespace majlis::lists
