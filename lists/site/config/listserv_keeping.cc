// What is kept, collected and counted: Notebook=, Digest=, Auto-Delete=.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "lists/site/config/access_level.h"
#include "lists/site/config/listserv_keywords.h"

namespace majlis::lists {
namespace {

using S = Setting;

constexpr std::string_view kDelay = "Delay";
constexpr std::string_view kMax = "Max";
constexpr std::string_view kProbe = "Probe";
constexpr std::string_view kSize = "Size";
constexpr std::string_view kSame = "Same";
constexpr std::string_view kFullHour = ":00";

struct PeriodWord {
  std::string_view word;
  std::string_view days;
};
constexpr std::array kPeriods = {PeriodWord{"Daily", "1"}, PeriodWord{"Weekly", "7"}, PeriodWord{"Monthly", "30"}};

constexpr std::array<std::string_view, 2> kAnswers = {"Yes", "No"};
constexpr std::array<std::string_view, 3> kManners = {"Semi-Auto", "Full-Auto", "Manual"};
constexpr std::array<std::string_view, 5> kIntervals = {"Single", "Yearly", "Monthly", "Weekly", "Separate"};

bool is_interval(const HeaderItem& item) {
  return std::any_of(kIntervals.begin(), kIntervals.end(), [&](std::string_view word) { return is_word(item, word); });
}

const PeriodWord* period_of(const HeaderItem& item) {
  const auto known =
      std::find_if(kPeriods.begin(), kPeriods.end(), [&](const PeriodWord& row) { return is_word(item, row.word); });
  return known == kPeriods.end() ? nullptr : &*known;
}

// "17", "17:00"
std::optional<std::string> hour_of(std::string_view text) {
  if (text.ends_with(kFullHour)) text.remove_suffix(kFullHour.size());
  const auto hour = parse_number(text);
  return hour && *hour < 24 ? std::optional(std::to_string(*hour)) : std::nullopt;
}

struct CountWord {
  std::string_view name;
  Setting setting;
};
constexpr std::array kCounts = {CountWord{kDelay, S::bounce_delay_days}, CountWord{kMax, S::bounce_threshold},
                                CountWord{kProbe, S::verp_probe_days}};

bool differs(const ListConfig& config, Setting setting) {
  return config.is_set(setting) && config.text(setting) != spec_of(setting).default_value;
}

}  // namespace

// The second value is a place on the server's disk unless it is another word; what is kept is kept by months.
Reading read_notebook(const HeaderItems& items) {
  if (auto refused = contradiction(items, kAnswers)) return *refused;
  if (auto refused = contradiction(items, kIntervals)) return *refused;
  if (auto refused = public_beside_others(items)) return *refused;
  const HeaderItem& first = items.front();
  if (!is_word(first, "Yes") && !is_word(first, "No")) return no_such_word(first, "Yes, No");
  Reading reading{.values = {{S::archive, is_word(first, "Yes") ? "yes" : "no", first.line}}};
  std::string_view access;
  for (std::size_t i = 1; i < items.size(); ++i) {
    const HeaderItem& item = items[i];
    const auto level = read_access_level(item.text);
    const bool is_place = i == 1 && !level && !is_interval(item);
    if (!level && !is_place && !is_interval(item)) return no_such_word(item, "Public, Private, Owner, Service, (LIST)");
    if (is_place || (is_interval(item) && !is_word(item, "Monthly"))) {
      remark_kept(reading, fault_of(FaultId::header_notebook, item.text));
    } else if (level) {
      access = wider_access(access.empty() ? "closed" : access, access_of(*level));
      if (!is_obeyed(*level)) remark_kept(reading, obeyed_as(item.text, level_for(access_of(*level))));
    }
  }
  if (access.empty()) access = "list";
  if (is_word(first, "No")) return reading;
  reading.values.push_back({S::get_access, std::string(access), first.line});
  reading.values.push_back({S::index_access, std::string(access), first.line});
  return reading;
}

// Who may see what there is may not always get it: the wider of both is said.
std::string write_notebook(const ListConfig& config) {
  if (!config.is_on(S::archive)) return "No";
  std::string value = "Yes";
  append_item(value, level_for(wider_access(config.choice(S::get_access), config.choice(S::index_access))));
  return value;
}

// Who wants digests may have them all the same, so No is kept alone.
Reading read_digest(const HeaderItems& items) {
  const HeaderItem& first = items.front();
  if (!is_word(first, "Yes") && !is_word(first, "No")) return no_such_word(first, "Yes, No");
  if (auto refused = contradiction(items, kAnswers)) return *refused;
  const bool is_no = is_word(first, "No");
  Reading reading;
  if (is_no) remark_kept(reading, fault(FaultId::header_digest));
  bool has_hour = false;
  for (std::size_t i = 1; i < items.size(); ++i) {
    const HeaderItem& item = items[i];
    if (is_word(item, kSame)) continue;
    const PeriodWord* period = period_of(item);
    const auto lines = argument_of(item.text, kSize);
    const auto hour = hour_of(item.text);
    if (period != nullptr) {
      reading.values.push_back({S::digest_maxdays, std::string(period->days), item.line});
    } else if (lines) {
      reading.values.push_back({S::digest_maxlines, *lines, item.line});
    } else if (hour && !std::exchange(has_hour, true)) {
      reading.values.push_back({S::digest_hour, *hour, item.line});
    } else if (is_no && !hour) {
      return no_such_word(item, "Same, Daily, Weekly, Monthly, Size(n)");
    } else {
      remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
    }
  }
  if (is_no) reading.values.clear();
  return reading;
}

std::string write_digest(const ListConfig& config) {
  const bool is_asked_for =
      differs(config, S::digest_maxdays) || config.is_set(S::digest_hour) || config.is_set(S::digest_maxlines);
  if (!is_asked_for) return {};
  std::string value = "Yes,Same";
  const std::int64_t days = config.integer(S::digest_maxdays);
  const std::size_t period = days >= 30 ? 2 : (days > 1 ? 1 : 0);
  append_item(value, kPeriods.at(period).word);
  if (config.is_set(S::digest_hour)) append_item(value, config.text(S::digest_hour) + std::string(kFullHour));
  if (config.is_set(S::digest_maxlines)) append_item(value, with_argument(kSize, config.text(S::digest_maxlines)));
  return value;
}

// Whoever cannot be reached is removed without letters that warn.
Reading read_auto_delete(const HeaderItems& items) {
  const HeaderItem& first = items.front();
  if (!is_word(first, "Yes") && !is_word(first, "No")) return no_such_word(first, "Yes, No");
  if (auto refused = contradiction(items, kManners)) return *refused;
  Reading reading;
  std::string_view processing = "yes";
  std::string_view unrecognized = "owner";
  for (std::size_t i = 1; i < items.size(); ++i) {
    const HeaderItem& item = items[i];
    const auto count = std::find_if(kCounts.begin(), kCounts.end(),
                                    [&](const CountWord& row) { return argument_of(item.text, row.name).has_value(); });
    if (count != kCounts.end()) {
      const std::string number = *argument_of(item.text, count->name);
      if (count->name == kProbe && number == "0") {
        remark_kept(reading, fault_of(FaultId::header_not_done, item.text));
      } else {
        reading.values.push_back({count->setting, number, item.line});
      }
    } else if (is_word(item, "Full-Auto")) {
      unrecognized = "discard";
    } else if (is_word(item, "Manual")) {
      processing = "report";
    } else if (!is_word(item, "Semi-Auto")) {
      return no_such_word(item, "Semi-Auto, Full-Auto, Manual, Delay(n), Max(n), Probe(n)");
    }
  }
  if (is_word(first, "No")) return Reading{.values = {{S::bounce_processing, "no", first.line}}};
  reading.values.push_back({S::bounce_processing, std::string(processing), first.line});
  reading.values.push_back({S::bounce_unrecognized, std::string(unrecognized), first.line});
  if (processing == "yes") reading.values.push_back({S::bounce_warnings, "0", first.line});
  return reading;
}

std::string write_auto_delete(const ListConfig& config) {
  constexpr std::array kOurs = {S::bounce_processing,   S::bounce_delay_days, S::bounce_threshold,
                                S::bounce_unrecognized, S::bounce_warnings,   S::verp_probe_days};
  if (std::none_of(kOurs.begin(), kOurs.end(), [&](Setting setting) { return differs(config, setting); })) return {};
  const std::string_view processing = config.choice(S::bounce_processing);
  if (processing == "no") return "No";
  std::string value = "Yes";
  const bool is_full = config.choice(S::bounce_unrecognized) == "discard";
  append_item(value, processing == "report" ? "Manual" : (is_full ? "Full-Auto" : "Semi-Auto"));
  append_item(value, with_argument(kDelay, config.text(S::bounce_delay_days)));
  append_item(value, with_argument(kMax, config.text(S::bounce_threshold)));
  append_item(value, with_argument(kProbe, config.text(S::verp_probe_days)));
  return value;
}

}  // namespace majlis::lists
