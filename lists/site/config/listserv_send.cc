// Who may post, and what is asked first: Send=.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/access_level.h"
#include "lists/site/config/listserv_keywords.h"
#include "lists/site/config/posting_values.h"
#include "mail/address_pattern.h"

namespace majlis::lists {
namespace {

using Kind = AccessLevel::Kind;
using S = Setting;

constexpr std::string_view kConfirm = "Confirm";
constexpr std::string_view kNonMember = "Non-Member";
constexpr std::string_view kAll = "All";
constexpr std::string_view kHold = "Hold";
constexpr std::string_view kSendWords =
    "Public, Private, Editor, Hold, Confirm, Non-Member, All, Owner, Service, (LIST)";

// What the words of Send= come to.
struct Send {
  bool is_by_editor = false;
  bool is_confirmed = false;
  bool is_of_nonmembers = false;  // Confirm asks those alone
  bool is_of_all = false;
  std::string_view access = "closed";
  std::string lists;        // "(LIST)", their names
  std::string people = {};  // addresses and patterns besides, one a line
  bool has_others = false;
};

constexpr std::array<std::string_view, 2> kWhoIsAsked = {kNonMember, kAll};
constexpr std::array<std::string_view, 2> kNotDone = {"Semi-Moderated", "NoMIME"};

bool is_not_done(const HeaderItem& item) {
  return std::any_of(kNotDone.begin(), kNotDone.end(), [&](std::string_view word) { return is_word(item, word); });
}

// Whether it is one of the words behind who may post.
bool take_manner(const HeaderItem& item, Send& send) {
  if (is_word(item, kHold)) return true;
  send.is_confirmed = send.is_confirmed || is_word(item, kConfirm);
  send.is_of_nonmembers = send.is_of_nonmembers || is_word(item, kNonMember);
  send.is_of_all = send.is_of_all || is_word(item, kAll);
  return is_word(item, kConfirm) || is_word(item, kNonMember) || is_word(item, kAll);
}

void take_level(const AccessLevel& level, Send& send) {
  send.access = wider_access(send.access, access_of(level));
  if (level.kind == Kind::list) {
    send.lists += (send.lists.empty() ? "" : ":") + level.name;
  } else if (level.kind == Kind::address) {
    send.people += (send.people.empty() ? "" : "\n") + level.name;
  } else if (level.kind != Kind::owners) {
    send.has_others = true;
  }
}

// An address, or a pattern, which is none of the words for access levels.
std::optional<AccessLevel> read_sender_level(const std::string& word) {
  const auto level = read_access_level(word);
  if (level || !mail::is_pattern(word) || !mail::address_pattern(word)) return level;
  return AccessLevel{Kind::address, word};
}

// Who is named by lists alone is named by restrict_post.
bool is_of_lists(const Send& send) { return !send.lists.empty() && !send.has_others; }

// Whether addresses are let in beside those who may post; alone, or beside Editor or Owner, none may by its From field.
bool takes_people(const Send& send) {
  return !send.is_by_editor && !send.people.empty() && (send.access == "list" || is_of_lists(send));
}

std::vector<SettingValue> values_for(const Send& send) {
  if (send.is_by_editor) {
    std::vector<SettingValue> values = {{S::moderate, "yes"}};
    const bool asks = send.is_confirmed && (send.is_of_nonmembers || send.is_of_all);
    if (asks) values.push_back({S::nonmember_posts, "challenge"});
    if (asks && send.is_of_all) values.push_back({S::unauthenticated, "challenge"});
    return values;
  }
  if (is_of_lists(send)) {
    return {{S::restrict_post, send.lists}, {S::post_access, "list"}, {S::moderate, "no"}};
  }
  if (send.access == "closed") return {{S::post_access, "closed"}};
  // Strangers who confirm pass: who is asked then is whoever is not known, members or not.
  const bool asks_strangers = send.access == "open" && send.is_confirmed;
  std::vector<SettingValue> values = {{S::post_access, asks_strangers ? "list" : std::string(send.access)},
                                      {S::moderate, "no"}};
  if (asks_strangers) values.push_back({S::nonmember_posts, "challenge"});
  if (send.is_confirmed && !send.is_of_nonmembers) values.push_back({S::unauthenticated, "challenge"});
  return values;
}

// Strangers whose posts pass.
void append_people(std::string& value, const ListConfig& config) {
  for (const std::string& line : config.lines(S::accept_these_nonmembers)) {
    const std::string_view person = trim(line);
    const bool is_quoted = person.find(',') != std::string_view::npos;
    append_item(value, is_quoted ? "\"" + std::string(person) + "\"" : std::string(person));
  }
}

}  // namespace

Reading read_send(const HeaderItems& items) {
  if (auto refused = public_beside_others(items)) return *refused;
  if (auto refused = contradiction(items, kWhoIsAsked)) return *refused;
  Reading reading;
  Send send;
  bool has_level = false;
  for (const HeaderItem& item : items) {
    if (is_not_done(item)) {
      remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
      continue;
    }
    if (take_manner(item, send)) continue;
    const auto level = read_sender_level(item.text);
    if (!level) return no_such_word(item, kSendWords);
    has_level = true;
    send.is_by_editor = send.is_by_editor || level->kind == Kind::editors;
    if (level->kind != Kind::editors) take_level(*level, send);
    const bool is_settled_below = level->kind == Kind::list || level->kind == Kind::address;
    if (is_obeyed(*level) || level->kind == Kind::editors || is_settled_below) continue;
    remark_kept(reading, obeyed_as(item.text, level_for(access_of(*level))));
  }
  if (!has_level) return no_such_word(items.front(), kSendWords);
  if (!send.lists.empty() && (!is_of_lists(send) || send.is_by_editor)) {
    remark_kept(reading, fault_of(FaultId::header_not_done, "(" + send.lists + ")"));
  }
  reading.values = values_for(send);
  if (takes_people(send)) reading.values.push_back({S::accept_these_nonmembers, send.people});
  for (const std::string_view person : split_at(send.people, '\n')) {
    if (!person.empty() && !takes_people(send)) remark_kept(reading, obeyed_as(person, level_for("closed")));
  }
  for (SettingValue& value : reading.values) value.line = items.front().line;
  return reading;
}

// Strangers whose posts pass, or pass when they confirm them, make a list public, whoever else may post.
std::string write_send(const ListConfig& config) {
  const bool takes_strangers = config.choice(S::nonmember_posts) == "accept";
  const bool asks_strangers = config.choice(S::nonmember_posts) == "challenge";
  const bool asks_members = config.choice(S::unauthenticated) == "challenge";
  const std::string_view access = config.choice(S::post_access);
  std::string value;
  if (access == "closed") {
    value = level_for(access);
  } else if (config.is_on(S::moderate)) {
    value = "Editor,Hold,Confirm";
    if (asks_strangers) append_item(value, asks_members ? kAll : kNonMember);
  } else if (takes_strangers) {
    value = level_for("open");
  } else if (config.is_set(S::restrict_post) && !asks_strangers) {
    for (const std::string_view name : poster_names(config.text(S::restrict_post))) {
      append_item(value, with_argument("", name));
    }
    append_people(value, config);
  } else if (asks_strangers && (access == "list" || config.is_set(S::restrict_post))) {
    value = "Public,Confirm";
    if (!asks_members) append_item(value, kNonMember);
  } else {
    value = level_for(access);
    if (access == "list") append_people(value, config);
    if (access == "list" && asks_members) append_item(value, kConfirm);
  }
  return value;
}

}  // namespace majlis::lists
