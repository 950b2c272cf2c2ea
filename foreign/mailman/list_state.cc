#include "foreign/mailman/list_state.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "base/text.h"
#include "foreign/mailman/state_shape.h"
#include "foreign/python/address_expression.h"
#include "foreign/python/number.h"
#include "foreign/python/pickle.h"
#include "foreign/python/text.h"
#include "foreign/python/write.h"
#include "foreign/source/person.h"
#include "mail/address_pattern.h"

namespace majlis::foreign {
namespace {

using Items = std::span<const PythonValue>;

constexpr std::int64_t kDay = 24 * 3600;

struct Flag {
  std::int64_t bit;
  std::string_view option;
};
constexpr std::array kFlags = {Flag{2, "norepro"}, Flag{4, "ack"}, Flag{16, "conceal"}, Flag{128, "moderated"},
                               Flag{256, "nodupes"}};
constexpr std::int64_t kNoMail = 1;
constexpr std::int64_t kPlainDigest = 8;
constexpr std::int64_t kNonMatchingTopics = 64;
constexpr std::int64_t kDisabledByBounce = 4;

// Kept in seconds there, in days in a dump.
constexpr std::array<std::string_view, 2> kIntervals = {"bounce_info_stale_after",
                                                        "bounce_you_are_disabled_warnings_interval"};

// Dicts with something about each member.
constexpr std::array<std::string_view, 6> kOfMembers = {"usernames",   "user_options",        "delivery_status",
                                                        "bounce_info", "topics_userinterest", "language"};

// One of them, the last of several that stand under one address. In order: people choose their addresses, and so could
// choose what a hash has in one place.
using ByAddress = std::map<std::string_view, const PythonValue*>;

// What is no setting of a list: read here, or of no use to another program.
constexpr std::array<std::string_view, 39> kNoSettings = {"members",
                                                          "digest_members",
                                                          "user_options",
                                                          "usernames",
                                                          "passwords",
                                                          "language",
                                                          "delivery_status",
                                                          "bounce_info",
                                                          "topics_userinterest",
                                                          "password",
                                                          "mod_password",
                                                          "post_password",
                                                          "ban_list",
                                                          "info",
                                                          "welcome_msg",
                                                          "admin_responses",
                                                          "postings_responses",
                                                          "request_responses",
                                                          "hold_and_cmd_autoresponses",
                                                          "one_last_digest",
                                                          "data_version",
                                                          "created_at",
                                                          "last_post_time",
                                                          "post_id",
                                                          "next_request_id",
                                                          "next_post_number",
                                                          "digest_last_sent_at",
                                                          "volume",
                                                          "next_digest_number",
                                                          "bounce_cookie",
                                                          "removal_cookie",
                                                          "_internal_name",
                                                          "usenet_watermark",
                                                          "available_languages",
                                                          "admin_member_chunksize",
                                                          "clobber_date",
                                                          "web_page_url",
                                                          "dead_member_cookie",
                                                          "msg_headers"};

// Mailman's own defaults (Defaults.py.in) where a state does not have the variable; in words of ours, as the
// variable would be read: ten recipients are too many there.
struct Default {
  std::string_view variable;
  const char* setting;
  const char* value;
};
constexpr std::array kDefaults = {
    Default{"subscribe_policy", "subscribe_policy", "open+confirm"},
    Default{"unsubscribe_policy", "unsubscribe_policy", "open"},
    Default{"generic_nonmember_action", "nonmember_posts", "hold"},
    Default{"require_explicit_destination", "require_list_address", "yes"},
    Default{"max_num_recipients", "max_recipients", "9"},
    Default{"max_message_size", "maxlength", "40000"},
    Default{"private_roster", "who_access", "list"},
    Default{"archive_private", "get_access", "open"},
    Default{"filter_content", "attachments", "yes"},
};

struct Secret {
  std::string_view variable;
  std::string_view whose;
};
constexpr std::array kSecrets = {Secret{"password", "the owner's"}, Secret{"mod_password", "the moderators'"},
                                 Secret{"post_password", "the posters'"}};

class StateReader {
 public:
  StateReader(const PythonValue& state, std::string file) : state_(&state), file_(std::move(file)) {
    charset_ = charset_of_language(text_of("preferred_language"));
    for (const std::string_view variable : kOfMembers) by_address_.emplace(variable, index_of(state_->find(variable)));
  }

  ForeignList read() {
    list_.name = to_lower_ascii(text_of(state_->find("_internal_name") != nullptr ? "_internal_name" : "real_name"));
    list_.domain = to_lower_ascii(text_of("host_name"));
    read_settings();
    read_members("members", false);
    read_members("digest_members", true);
    list_.findings = strange_values(*state_);
    tell_secrets();
    read_bans();
    read_text("info", "info");
    read_text("welcome_msg", "intro");
    read_digest_numbers();
    read_pipermail();
    return std::move(list_);
  }

 private:
  std::string text_of(std::string_view variable) const {
    const PythonValue* value = state_->find(variable);
    return value == nullptr ? "" : utf8_of(*value, charset_);
  }

  const PythonValue* of_member(std::string_view variable, std::string_view key) const {
    const auto dict = by_address_.find(variable);
    const auto found = dict->second.find(key);
    return found == dict->second.end() ? nullptr : found->second;
  }

  static ByAddress index_of(const PythonValue* dict) {
    ByAddress values;
    if (dict == nullptr || !dict->is(PythonKind::dict)) return values;
    const Items items = dict->items();
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      if (const auto key = items[i].as_octets()) values.insert_or_assign(*key, &items[i + 1]);
    }
    return values;
  }

  static bool is_setting(std::string_view name, const PythonValue& value) {
    const bool is_plain = !value.is(PythonKind::dict) && !value.is(PythonKind::instance);
    return is_plain && std::find(kNoSettings.begin(), kNoSettings.end(), name) == kNoSettings.end();
  }

  // As Mailman's own dump would have it, but with every string escaped.
  void read_settings() {
    list_.config.dialect = "mailman";
    list_.config.from = file_;
    for (const Default& row : kDefaults) {
      if (state_->find(row.variable) == nullptr) list_.config.defaults.emplace_back(row.setting, row.value);
    }
    // Each member has a flag of its own: to hold every post besides would make nothing of it.
    list_.settings.push_back({"moderate", "no", "default_member_moderation"});
    list_.config.text = "# -*- coding: " + std::string(charset_) + " -*-\n";
    const Items items = state_->items();
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      const std::string name(items[i].as_octets().value_or(""));
      if (name.empty() || !is_setting(name, items[i + 1])) continue;
      const bool is_interval = std::find(kIntervals.begin(), kIntervals.end(), name) != kIntervals.end();
      const auto number = items[i + 1].as_number();
      const auto seconds = is_interval && number ? whole_part(*number) : std::nullopt;
      const PythonValue value = seconds ? PythonValue::integer(*seconds / kDay) : items[i + 1];
      list_.config.text += name + " = " + write_literal(value) + "\n";
    }
  }

  // Lower-case address, and the address as it was written where that differs.
  void read_members(std::string_view variable, bool gets_digests) {
    const PythonValue* dict = state_->find(variable);
    if (dict == nullptr || !dict->is(PythonKind::dict)) return;
    const Items items = dict->items();
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      const std::string key(items[i].as_octets().value_or(""));
      const std::string written(items[i + 1].as_octets().value_or(""));
      const std::string address = written.empty() ? key : written;
      Member member;
      member.person = named(key, address);
      member.from = file_ + ":" + std::string(variable) + ":" + printable(address, 100);
      take_options(key, gets_digests, member);
      take_score(key, member);
      take_topics(key, member);
      if (const PythonValue* language = of_member("language", key)) member.language = utf8_of(*language, charset_);
      list_.members.push_back(std::move(member));
    }
  }

  std::string named(std::string_view key, const std::string& address) const {
    const PythonValue* name = of_member("usernames", key);
    return person_of(name == nullptr ? "" : utf8_of(*name, charset_), address);
  }

  static void add(Member& member, std::string_view option) {
    member.options += (member.options.empty() ? "" : " ") + std::string(option);
  }

  std::int64_t flags_of(std::string_view key) const {
    const PythonValue* value = of_member("user_options", key);
    return value == nullptr ? 0 : value->as_integer().value_or(0);
  }

  void take_options(std::string_view key, bool gets_digests, Member& member) const {
    const std::int64_t bits = flags_of(key);
    for (const Flag& flag : kFlags) {
      if ((bits & flag.bit) != 0) add(member, flag.option);
    }
    if (gets_digests) add(member, (bits & kPlainDigest) != 0 ? "digest-plain" : "digest-mime");
    const PythonValue* status = of_member("delivery_status", key);
    const Items pair = status == nullptr ? Items() : status->items();
    const std::int64_t disabled = pair.empty() ? 0 : pair[0].as_integer().value_or(0);
    if (disabled == kDisabledByBounce) {
      add(member, "suspended");
    } else if (disabled != 0 || (bits & kNoMail) != 0) {
      add(member, "nomail");
    }
  }

  void take_score(std::string_view key, Member& member) const {
    const PythonValue* info = of_member("bounce_info", key);
    const PythonValue* score = info == nullptr ? nullptr : info->find("score");
    const double number = score == nullptr ? 0 : score->as_number().value_or(0);
    if (number > 0 && number < 10'000) member.bounce_score = static_cast<std::uint32_t>(std::lround(number * 100));
  }

  void take_topics(std::string_view key, Member& member) const {
    const PythonValue* interest = of_member("topics_userinterest", key);
    if (interest == nullptr) return;
    for (const PythonValue& topic : interest->items()) {
      const std::string name = to_lower_ascii(utf8_of(topic, charset_));
      if (!name.empty()) member.topics += (member.topics.empty() ? "" : ",") + name;
    }
    // Posts about no topic as well, for one who chose some.
    if (!member.topics.empty() && (flags_of(key) & kNonMatchingTopics) != 0) member.topics += ",other";
  }

  void tell_secrets() {
    for (const auto& [variable, whose] : kSecrets) {
      if (text_of(variable).empty()) continue;
      list_.findings.push_back({.what = std::string(variable),
                                .from = "a hash",
                                .why = std::string(whose) + " password is there as a hash that cannot be used here; "
                                                            "'majlis passwd' makes another"});
    }
    const PythonValue* passwords = state_->find("passwords");
    const std::size_t count = passwords == nullptr ? 0 : passwords->items().size() / 2;
    if (count == 0) return;
    list_.findings.push_back({.what = "passwords",
                              .from = std::to_string(count) + " members",
                              .why = "they stand there in the clear; whoever needs one gives a new one"});
  }

  void read_bans() {
    const PythonValue* bans = state_->find("ban_list");
    for (const PythonValue& ban : bans == nullptr ? Items() : bans->items()) {
      const std::string written(trim(utf8_of(ban, charset_)));
      if (!written.empty()) list_.bans.push_back(ban_of(written));
    }
  }

  static Ban ban_of(const std::string& written) {
    if (!written.starts_with('^')) {
      const bool is_one = mail::address_pattern(written).has_value();
      return {.written = written, .pattern = is_one ? written : "", .why = is_one ? "" : "it is no address"};
    }
    const auto read = read_address_expression(written);
    if (!read || !mail::address_pattern(read->pattern))
      return {.written = written, .why = "an expression that no pattern with '*' says"};
    const char* dots = "a '.' that is not escaped is any character there, and a dot here";
    return {.written = written, .pattern = read->pattern, .why = read->has_dots ? dots : ""};
  }

  void read_text(std::string_view variable, const char* name) {
    std::string text = text_of(variable);
    if (trim(text).empty()) return;
    if (!text.ends_with('\n')) text += '\n';
    list_.texts.push_back({.name = name, .bytes = std::move(text), .from = std::string(variable)});
  }

  void read_digest_numbers() {
    constexpr std::array<std::pair<const char*, const char*>, 2> kNumbers = {
        {{"volume", "digest_volume"}, {"next_digest_number", "digest_issue"}}};
    for (const auto& [variable, setting] : kNumbers) {
      const PythonValue* value = state_->find(variable);
      const std::int64_t number = value == nullptr ? 0 : value->as_integer().value_or(0);
      if (number > 1) list_.settings.push_back({setting, std::to_string(number), variable});
    }
  }

  // The pages were beside those of the list: "https://lists.example.org/mailman/" begins as they did.
  void read_pipermail() {
    const std::string page = text_of("web_page_url");
    const std::size_t scheme = page.find("://");
    const std::size_t path = scheme == std::string::npos ? scheme : page.find('/', scheme + 3);
    list_.pipermail.address = path == std::string::npos ? "http://" + list_.domain : page.substr(0, path);
    const PythonValue* value = state_->find("archive_volume_frequency");
    const std::int64_t frequency = value == nullptr ? 1 : value->as_integer().value_or(1);
    if (frequency >= 0 && frequency <= 4) list_.pipermail.volumes = static_cast<Pipermail::Volumes>(frequency);
  }

  const PythonValue* state_;
  std::string file_;
  std::string_view charset_;
  std::map<std::string_view, ByAddress> by_address_;  // of each of kOfMembers
  ForeignList list_;
};

}  // namespace

Result<ForeignList> read_list_state(std::string_view octets, const std::string& file) {
  Result<Pickle> pickle = read_pickle(octets);
  if (!pickle) return pickle.error();
  if (!pickle->value.is(PythonKind::dict)) {
    return Error{ErrorKind::refused,
                 "foreign: it is no state of a list, but one value: " + std::string(word_for(pickle->value.kind()))};
  }
  if (pickle->value.find("real_name") == nullptr) {
    return Error{ErrorKind::refused, "foreign: it is no state of a list: it has no real_name"};
  }
  const PythonValue* members = pickle->value.find("members");
  if (members != nullptr && !members->is(PythonKind::dict)) {
    return Error{ErrorKind::refused, "foreign: it is no state of a list: its members are no dict, but " +
                                         std::string(word_for(members->kind()))};
  }
  return StateReader(pickle->value, file).read();
}

}  // namespace majlis::foreign
