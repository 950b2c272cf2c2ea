// Who the list is, and whose: title, free text, Owner=, Editor=, Sender=, Notify=, Language=.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/access_level.h"
#include "lists/site/config/header_text.h"
#include "lists/site/config/listserv_keywords.h"
#include "lists/site/config/value_lines.h"
#include "mail/address.h"

namespace majlis::lists {
namespace {

using Kind = AccessLevel::Kind;

constexpr std::string_view kListToken = "$LIST";
constexpr std::string_view kQuiet = "Quiet:";
constexpr std::string_view kAllModerators = "all";
constexpr std::string_view kShownSharp = "\uFF03";  // '#' begins a comment in a list's own file
constexpr std::array<std::string_view, 2> kAnswers = {"Yes", "No"};

struct LanguageWord {
  std::string_view word;
  std::string_view language;
};
constexpr std::array kLanguages = {
    LanguageWord{"English", "en"}, LanguageWord{"en", "en"},       LanguageWord{"French", "fr"},
    LanguageWord{"fr", "fr"},      LanguageWord{"Francais", "fr"}, LanguageWord{"Fran\u00e7ais", "fr"},
};

std::string joined_lines(const HeaderItems& items) {
  std::string lines;
  for (const HeaderItem& item : items) lines += (lines.empty() ? "" : "\n") + item.text;
  return lines;
}

void add_line(std::string& lines, std::string_view line) {
  if (!lines.empty()) lines += '\n';
  lines += line;
}

}  // namespace

// A title or free text has no values with commas: it comes whole, a line at a time.
Reading read_title(const HeaderItems& items) {
  const std::string& title = items.front().text;
  Reading reading;
  std::string shown;
  for (const char c : title) shown += c == '#' ? std::string(kShownSharp) : std::string(1, c);
  if (shown != title) remark_kept(reading, fault(FaultId::header_sharp));
  reading.values = {{Setting::description, std::move(shown), items.front().line}};
  return reading;
}

std::string write_title(const ListConfig& config) {
  const std::string& title = config.text(Setting::description);
  return may_be_title(title) ? title : "";
}

Reading read_free_text(const HeaderItems& items) {
  return Reading{.values = {{Setting::comments, joined_lines(items), items.front().line}}};
}

std::string write_free_text(const ListConfig& config) {
  std::string text;
  for (const std::string& line : config.lines(Setting::comments)) {
    if (trim(line).empty()) continue;
    if (!may_be_free_text(line)) return {};
    add_line(text, trim(line));
  }
  return text;
}

// Behind "Quiet:" stand owners who get no mail, in LISTSERV.
Reading read_owner(const HeaderItems& items) {
  Reading reading;
  std::string owners;
  for (const HeaderItem& item : items) {
    if (is_word(item, kQuiet)) {
      remark_kept(reading, fault(FaultId::header_quiet));
      continue;
    }
    const auto level = read_access_level(item.text);
    if (!level) return refused_item(item, fault_of(FaultId::no_address, item.text));
    if (level->kind == Kind::address) {
      add_line(owners, item.text);
    } else {
      remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
    }
  }
  if (owners.empty()) return refused_item(items.front(), fault(FaultId::header_no_owner));
  reading.values = {{Setting::owner, owners, items.front().line}};
  return reading;
}

std::string write_owner(const ListConfig& config) { return config.text(Setting::owner); }

// Editors and moderators are one here: each gets what waits, as with "All". "Owner" is what they are without this.
Reading read_editor(const HeaderItems& items) {
  Reading reading;
  std::string people;
  for (const HeaderItem& item : items) {
    if (is_word(item, kAllModerators)) continue;
    const auto level = read_access_level(item.text);
    if (!level) return refused_item(item, fault_of(FaultId::no_address, item.text));
    if (level->kind == Kind::address) {
      add_line(people, item.text);
    } else if (level->kind != Kind::owners || items.size() > 1) {
      remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
    }
  }
  reading.values = {{Setting::moderators, people, items.front().line}, {Setting::moderator, "", items.front().line}};
  return reading;
}

std::string write_editor(const ListConfig& config) {
  const std::string& moderator = config.text(Setting::moderator);
  return mail::Address::parse(moderator) ? moderator : config.text(Setting::moderators);
}

// A second value is for another kind of network there: an address beside List is what counts.
Reading read_sender(const HeaderItems& items) {
  Reading reading;
  std::string sender;
  for (const HeaderItem& item : items) {
    if (is_word(item, "None")) continue;
    const auto person = mail::parse_mailbox(item.text);
    if (!is_word(item, "List") && !person) return no_such_word(item, "List, None, \"ADDRESS\"");
    if (person && !person->display.empty()) remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
    sender = person ? person->address.text() : std::string(kListToken);
  }
  reading.values = {{Setting::sender, sender, items.front().line}};
  return reading;
}

std::string write_sender(const ListConfig& config) {
  const std::string& sender = config.text(Setting::sender);
  if (equals_ignoring_case(sender, kListToken)) return "List";
  return mail::Address::parse(sender) ? sender : "";
}

Reading read_notify(const HeaderItems& items) {
  if (auto refused = contradiction(items, kAnswers)) return *refused;
  Reading reading;
  std::string told = "yes";
  for (const HeaderItem& item : items) {
    if (is_word(item, "Yes")) continue;
    if (is_word(item, "No")) {
      told = "no";
      continue;
    }
    const auto level = read_access_level(item.text);
    if (!level) return no_such_word(item, "Yes, No, Owner");
    if (level->kind != Kind::owners) remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
  }
  reading.values = {{Setting::announcements, told, items.front().line}};
  return reading;
}

std::string write_notify(const ListConfig& config) { return config.is_on(Setting::announcements) ? "" : "No"; }

Reading read_language(const HeaderItems& items) {
  Reading reading;
  for (const HeaderItem& item : items) {
    const auto known = std::find_if(kLanguages.begin(), kLanguages.end(),
                                    [&](const LanguageWord& row) { return is_word(item, row.word); });
    if (known == kLanguages.end()) {
      remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
    } else {
      reading.values.push_back({Setting::language, std::string(known->language), item.line});
    }
  }
  return reading;
}

std::string write_language(const ListConfig& config) {
  return config.choice(Setting::language) == "fr" ? "French" : "";
}

}  // namespace majlis::lists
