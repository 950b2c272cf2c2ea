// How new members begin, who may not, and how much is posted: Default-Options=, Ack=, Service=, Filter=,
// Daily-Threshold=, Loopcheck=.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/default_options.h"
#include "lists/site/config/listserv_keywords.h"
#include "lists/site/config/posting_values.h"
#include "mail/address_pattern.h"
#include "tongues/listserv.h"

namespace majlis::lists {
namespace {

using S = Setting;
using tongues::OptionRow;

constexpr std::string_view kDigestOption = "digest";
constexpr std::string_view kAllow = "Allow";
constexpr std::string_view kAlso = "Also";
constexpr std::array<std::string_view, 2> kOtherFilters = {"Only", "Safe"};
constexpr std::array<std::string_view, 3> kFilters = {kAlso, "Only", "Safe"};
constexpr std::string_view kFull = "Full";
constexpr std::string_view kNone = "None";
constexpr std::string_view kNoBody = "NoBody";
constexpr std::string_view kAllowBounces = "Allow-Bounces";
constexpr std::string_view kSpamDelay = "Spam-Delay";
constexpr std::string_view kLoopWords =
    "Normal, Full, None, Allow-Bounces, NoOrigin, NoBody, NoCRC, NoSpam, Spam-Delay(n)";
constexpr std::array<std::string_view, 4> kExtents = {"Normal", kFull, kNone, kNoBody};
constexpr std::array<std::string_view, 3> kOmissions = {"NoOrigin", "NoCRC", "NoSpam"};
constexpr std::array<std::string_view, 4> kAcks = {"Yes", "Msg", "No", "None"};

void append_word(std::string& words, std::string_view word) { words.append(words.empty() ? "" : " ").append(word); }

void append_line(std::string& lines, std::string_view line) { lines.append(lines.empty() ? "" : "\n").append(line); }

// The word of LISTSERV's for an option; "": it has none.
std::string word_for(std::string_view option) {
  const auto& rows = tongues::kListserv.options;
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const OptionRow& each) { return each.option == option; });
  return row == rows.end() ? "" : tongues::in_capitals(row->word);
}

// "digest-mime" is two words there.
void append_option(std::string& value, std::string_view option) {
  const std::size_t dash = option.find('-');
  append_item(value, word_for(option.substr(0, dash)));
  if (dash != std::string_view::npos) append_item(value, word_for(option.substr(dash + 1)));
}

// MAIL and NOMAIL, MIME and NOMIME, HTML and NOHTML.
bool undo_each_other(const OptionRow& one, const OptionRow& other) {
  if (one.is == OptionRow::Is::form && other.is == OptionRow::Is::form) return one.option != other.option;
  if (one.is == OptionRow::Is::never || other.is == OptionRow::Is::never) {
    return one.option == other.word || one.word == other.option;
  }
  return defaults_contradict(one.option, other.option);
}

std::optional<Reading> undone(const HeaderItems& items) {
  for (auto item = items.begin(); item != items.end(); ++item) {
    const OptionRow* row = tongues::match_option(tongues::kListserv, item->text);
    for (auto before = items.begin(); row != nullptr && before != item; ++before) {
      const OptionRow* other = tongues::match_option(tongues::kListserv, before->text);
      if (other != nullptr && undo_each_other(*row, *other)) return contradicting(*item, before->text);
    }
  }
  return std::nullopt;
}

}  // namespace

Reading read_default_options(const HeaderItems& items) {
  if (auto refused = undone(items)) return *refused;
  Reading reading;
  std::string options;
  const HeaderItem* form = nullptr;
  bool has_digest = false;
  for (const HeaderItem& item : items) {
    const OptionRow* row = tongues::match_option(tongues::kListserv, item.text);
    if (row == nullptr) return refused_item(item, fault_of(FaultId::header_no_option, item.text));
    if (row->is == OptionRow::Is::form) form = &item;
    has_digest = has_digest || row->option == kDigestOption;
    if (row->is == OptionRow::Is::form || row->is == OptionRow::Is::always || row->option == kDigestOption) continue;
    if (row->is == OptionRow::Is::option && may_be_default(row->option)) {
      append_word(options, row->option);
    } else {
      remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
    }
  }
  if (form != nullptr && !has_digest) remark_kept(reading, fault_of(FaultId::header_not_done, form->text));
  if (has_digest) {
    const OptionRow* row = form == nullptr ? nullptr : tongues::match_option(tongues::kListserv, form->text);
    append_word(options, std::string(kDigestOption) + (row == nullptr ? "" : "-" + std::string(row->option)));
  }
  reading.values = {{S::default_options, options, items.front().line}};
  return reading;
}

std::string write_default_options(const ListConfig& config) {
  std::string value;
  for (const std::string_view word : split_words(config.text(S::default_options))) {
    append_option(value, to_lower_ascii(word));
  }
  return value;
}

// Of those who are no members nobody is told in any case.
Reading read_ack(const HeaderItems& items) {
  if (auto refused = contradiction(items, kAcks)) return *refused;
  if (auto refused = surplus(items)) return *refused;
  const HeaderItem& item = items.front();
  const bool is_known =
      std::any_of(kAcks.begin(), kAcks.end(), [&](std::string_view word) { return is_word(item, word); });
  if (!is_known) return no_such_word(item, "Yes, Msg, No, None");
  const bool is_message = is_word(item, "Msg");
  Reading reading{.values = {{S::ack_new_members, is_message || is_word(item, "Yes") ? "yes" : "no", item.line}}};
  if (is_message) remark_kept(reading, obeyed_as(item.text, "Yes"));
  return reading;
}

std::string write_ack(const ListConfig& config) { return config.is_on(S::ack_new_members) ? "Yes" : ""; }

// "*" is everybody. What is local is not known here.
Reading read_service(const HeaderItems& items) {
  Reading reading;
  std::string domains;
  bool is_open = false;
  for (const HeaderItem& item : items) {
    is_open = is_open || item.text == "*";
    if (is_word(item, "Local")) {
      remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
    } else if (!is_domain_pattern(item.text)) {
      return refused_item(item, fault_of(FaultId::no_domain, item.text));
    } else {
      append_word(domains, item.text);
    }
  }
  reading.values = {{S::join_domains, is_open ? "" : domains, items.front().line}};
  return reading;
}

std::string write_service(const ListConfig& config) {
  std::string value;
  for (const std::string_view domain : split_words(config.text(S::join_domains))) append_item(value, domain);
  return value;
}

// There is no filter that is always there: what Only would leave out, and Safe add.
Reading read_filter(const HeaderItems& items) {
  if (auto refused = contradiction(items, kFilters)) return *refused;
  Reading reading;
  std::string named;
  std::string except;
  bool is_allowed = false;
  for (const HeaderItem& item : items) {
    if (is_word(item, kAlso)) continue;
    const auto other = std::find_if(kOtherFilters.begin(), kOtherFilters.end(),
                                    [&](std::string_view word) { return is_word(item, word); });
    if (other != kOtherFilters.end()) {
      remark_kept(reading, obeyed_as(item.text, kAlso));
    } else if (is_word(item, kAllow)) {
      is_allowed = true;
    } else if (!mail::address_pattern(item.text)) {
      return refused_item(item, fault_of(FaultId::no_address, item.text));
    } else {
      append_line(is_allowed ? except : named, item.text);
    }
  }
  reading.values = {{S::address_filter, named, items.front().line},
                    {S::address_filter_except, except, items.front().line}};
  return reading;
}

std::string write_filter(const ListConfig& config) {
  std::string value;
  for (const std::string& line : config.lines(S::address_filter)) append_item(value, trim(line));
  if (config.is_set(S::address_filter_except)) append_item(value, kAllow);
  for (const std::string& line : config.lines(S::address_filter_except)) append_item(value, trim(line));
  return value.empty() ? value : std::string(kAlso) + "," + value;
}

// Of the list, and of each author.
Reading read_daily_threshold(const HeaderItems& items) {
  constexpr std::array kLimits = {S::flood_per_day, S::author_posts_per_day};
  Reading reading;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i == kLimits.size()) return refused_item(items[i], fault_of(FaultId::header_surplus, items[i].text));
    reading.values.push_back({kLimits.at(i), items[i].text, items[i].line});
  }
  return reading;
}

std::string write_daily_threshold(const ListConfig& config) {
  const bool has_author = config.integer(S::author_posts_per_day) > 0;
  if (config.integer(S::flood_per_day) == 0 && !has_author) return {};
  std::string value = std::to_string(config.integer(S::flood_per_day));
  if (has_author) append_item(value, std::to_string(config.integer(S::author_posts_per_day)));
  return value;
}

// What would look for less is kept: nothing that looks for loops can be switched off here.
Reading read_loopcheck(const HeaderItems& items) {
  if (auto refused = contradiction(items, kExtents)) return *refused;
  Reading reading;
  for (const HeaderItem& item : items) {
    const auto is = [&](std::string_view word) { return is_word(item, word); };
    if (is(kAllowBounces) && !has_word(items, kNone)) {
      return refused_item(item, fault_of(FaultId::loop_check_alone, item.text));
    }
    if (is(kFull) || is(kExtents.front())) {
      reading.values.push_back({S::loop_check, is(kFull) ? "full" : "normal", item.line});
    } else if (is(kAllowBounces) || is(kNone) || is(kNoBody) || argument_of(item.text, kSpamDelay) ||
               std::any_of(kOmissions.begin(), kOmissions.end(), is)) {
      remark_kept(reading, fault_of(FaultId::kept_loops, item.text));
    } else {
      return no_such_word(item, kLoopWords);
    }
  }
  return reading;
}

std::string write_loopcheck(const ListConfig& config) {
  return config.choice(S::loop_check) == "full" ? std::string(kFull) : "";
}

}  // namespace majlis::lists
