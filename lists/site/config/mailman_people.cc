// Who the list is, who may join, and who may ask about it.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/mailman_attributes.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

using foreign::PythonValue;
using S = Setting;

constexpr std::string_view kEverybody = "/.*/";

// An empty list leaves whoever it is: a list without owners has nobody who could decide anything.
template <Setting setting>
void apply_addresses(const PythonValue& value, MailmanTarget& target) {
  const auto lines = mailman_lines(value, target);
  if (!lines) return;
  if (!lines->empty()) return target.set(setting, join_lines(*lines));
  if (setting != S::owner) target.unset(setting);
}

template <Setting setting>
std::string write_addresses(const ListConfig& config) {
  return literal_of(config.lines(setting));
}

// A list is called by the name with which it was made.
void apply_name(const PythonValue& value, MailmanTarget& target) { mailman_text(value, target); }
std::string write_name(const ListConfig& /*config*/) { return ""; }

void apply_description(const PythonValue& value, MailmanTarget& target) {
  const auto text = mailman_text(value, target);
  if (text) target.set(S::description, *text);
}
std::string write_description(const ListConfig& config) { return literal_of(config.text(S::description)); }

// "%d" and "%05d" stand for the number of a post.
std::string without_number(std::string_view prefix) {
  const std::size_t begin = prefix.find('%');
  if (begin == std::string_view::npos) return std::string(prefix);
  const std::size_t letter = prefix.find_first_not_of("0123456789", begin + 1);
  if (letter == std::string_view::npos || prefix[letter] != 'd') return std::string(prefix);
  const std::string_view before = prefix.substr(0, begin);
  return std::string(before.substr(0, before.find_last_not_of(' ') + 1)) + std::string(prefix.substr(letter + 1));
}

void apply_prefix(const PythonValue& value, MailmanTarget& target) {
  const auto text = mailman_text(value, target);
  if (!text) return;
  const std::string prefix = without_number(*text);
  if (prefix != *text) target.obey_as(*text, prefix);
  target.set(S::subject_prefix, prefix);
}
std::string write_prefix(const ListConfig& config) {
  const std::string& prefix = config.text(S::subject_prefix);
  return literal_of(prefix.empty() ? prefix : prefix + " ");
}

void apply_language(const PythonValue& value, MailmanTarget& target) {
  const auto text = mailman_text(value, target);
  if (!text) return;
  if (*text == "en" || *text == "fr") return target.set(S::language, *text);
  target.keep(fault_of(FaultId::header_not_done, *text));
}
std::string write_language_code(const ListConfig& config) { return literal_of(config.text(S::language)); }

// Whom explicit answers go to: the address must be known when reply_goes_to_list says so.
void apply_reply_goes_to_list(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 2, target);
  if (!number) return;
  target.unset(S::reply_to);
  if (*number < 2) return target.set(S::reply_to_mode, *number == 0 ? "author" : "list");
  const PythonValue* address = target.said("reply_to_address");
  const auto text = address == nullptr ? std::nullopt : address->as_octets();
  if (text && !text->empty()) {
    target.set(S::reply_to_mode, *text);
  } else {
    target.keep();
  }
}

std::string explicit_address(const ListConfig& config) {
  const std::string& replaced = config.text(S::reply_to);
  const std::string& wanted = replaced.empty() ? config.text(S::reply_to_mode) : replaced;
  return mail::Address::parse(wanted) ? wanted : "";
}

std::string write_reply_goes_to_list(const ListConfig& config) {
  if (!explicit_address(config).empty()) return "2";
  const std::string& replaced = config.text(S::reply_to);
  const std::string& mode = config.text(S::reply_to_mode);
  return replaced == "$LIST" || (replaced.empty() && (mode == "list" || mode == "both")) ? "1" : "0";
}

void apply_reply_to_address(const PythonValue& value, MailmanTarget& target) {
  const auto text = mailman_text(value, target);
  if (!text || text->empty()) return;
  const auto goes_to = target.said_number("reply_goes_to_list");
  const bool is_explicit = goes_to ? *goes_to == 2 : !explicit_address(target.config()).empty();
  if (!is_explicit) return target.keep();
  target.unset(S::reply_to);
  target.set(S::reply_to_mode, *text);
}
std::string write_reply_to_address(const ListConfig& config) { return literal_of(explicit_address(config)); }

struct OptionBit {
  std::int64_t bit;
  std::string_view option;
};
constexpr std::array kOptionBits = {OptionBit{2, "norepro"}, OptionBit{4, "ack"}, OptionBit{16, "conceal"},
                                    OptionBit{256, "nodupes"}};

void apply_new_member_options(const PythonValue& value, MailmanTarget& target) {
  const auto bits = mailman_radio(value, 1023, target);
  if (!bits) return;
  std::int64_t left = *bits;
  for (const OptionBit& row : kOptionBits) {
    if ((*bits & row.bit) != 0) {
      target.add_word(S::default_options, row.option);
    } else {
      target.take_word(S::default_options, row.option);
    }
    left &= ~row.bit;
  }
  if (left != 0) target.keep(fault_of(FaultId::header_not_done, std::to_string(left)));
}

bool has_default(const ListConfig& config, std::string_view option) {
  const std::vector<std::string_view> words = split_words(config.text(S::default_options));
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return equals_ignoring_case(word, option); });
}

std::string write_new_member_options(const ListConfig& config) {
  std::int64_t bits = 0;
  for (const OptionBit& row : kOptionBits) {
    if (has_default(config, row.option)) bits |= row.bit;
  }
  return literal_of(bits);
}

void apply_digest_is_default(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (number && *number == 1) target.add_word(S::default_options, "digest");
  if (number && *number == 0) target.take_word(S::default_options, "digest");
}
std::string write_digest_is_default(const ListConfig& config) { return has_default(config, "digest") ? "1" : "0"; }

// Members whose posts do not pass: they wait, or come back. Mailman can throw them away as well.
void apply_default_member_moderation(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (!number) return;
  target.take_word(S::default_options, "moderated");
  const bool was_refused = has_default(target.config(), "nopost");
  target.take_word(S::default_options, "nopost");
  if (*number == 0) return;
  const std::int64_t action = target.said_number("member_moderation_action").value_or(was_refused ? 1 : 0);
  target.add_word(S::default_options, action == 0 ? "moderated" : "nopost");
}
std::string write_default_member_moderation(const ListConfig& config) {
  return has_default(config, "moderated") || has_default(config, "nopost") ? "1" : "0";
}

void apply_member_moderation_action(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 2, target);
  if (!number) return;
  target.keep();
  if (*number == 2) target.obey_as("2", "1");
  const bool is_moderated = write_default_member_moderation(target.config()) == "1";
  if (!is_moderated) return;
  target.take_word(S::default_options, *number == 0 ? "nopost" : "moderated");
  target.add_word(S::default_options, *number == 0 ? "moderated" : "nopost");
}
std::string write_member_moderation_action(const ListConfig& config) {
  return has_default(config, "nopost") ? "1" : "0";
}

void apply_advertised(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (!number) return;
  target.unset(S::advertise);
  target.unset(S::noadvertise);
  if (*number == 0) target.set(S::noadvertise, kEverybody);
}
std::string write_advertised(const ListConfig& config) { return config.text(S::noadvertise) == kEverybody ? "0" : "1"; }

void apply_archive_private(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (!number) return;
  for (const Setting setting : {S::get_access, S::index_access}) target.set(setting, *number == 0 ? "open" : "list");
}
std::string write_archive_private(const ListConfig& config) {
  return config.choice(S::get_access) == "open" ? "0" : "1";
}

// In the daily reminder only.
void apply_immed_notify(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (!number) return;
  target.unset(S::held_notices_per_day);
  if (*number == 0) target.set(S::held_notices_per_day, "0");
}
std::string write_immed_notify(const ListConfig& config) {
  return config.integer(S::held_notices_per_day) == 0 ? "0" : "1";
}

constexpr std::array kPeople = {
    MailmanAttribute{"real_name", apply_name, write_name},
    MailmanAttribute{"owner", apply_addresses<S::owner>, write_addresses<S::owner>},
    MailmanAttribute{"moderator", apply_addresses<S::moderators>, write_addresses<S::moderators>},
    MailmanAttribute{"description", apply_description, write_description},
    MailmanAttribute{"subject_prefix", apply_prefix, write_prefix},
    MailmanAttribute{"preferred_language", apply_language, write_language_code},
    MailmanAttribute{"reply_goes_to_list", apply_reply_goes_to_list, write_reply_goes_to_list},
    MailmanAttribute{"reply_to_address", apply_reply_to_address, write_reply_to_address},
    MailmanAttribute{"admin_immed_notify", apply_immed_notify, write_immed_notify},
    MailmanAttribute{"new_member_options", apply_new_member_options, write_new_member_options},
    MailmanAttribute{"digest_is_default", apply_digest_is_default, write_digest_is_default},
    MailmanAttribute{"default_member_moderation", apply_default_member_moderation, write_default_member_moderation},
    MailmanAttribute{"member_moderation_action", apply_member_moderation_action, write_member_moderation_action},
    MailmanAttribute{"advertised", apply_advertised, write_advertised},
    MailmanAttribute{"archive_private", apply_archive_private, write_archive_private},
};

}  // namespace

std::span<const MailmanAttribute> mailman_people() { return kPeople; }

}  // namespace majlis::lists
