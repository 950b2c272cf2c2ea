#include "lists/members/bounces/owner_report.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "auth/verp_tag.h"
#include "base/text.h"
#include "lists/effects/letters.h"
#include "lists/members/bounces/failure_words.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kEntryLife = 40 * kDay;  // should no flusher run for so long
constexpr std::size_t kMaxText = 160;
constexpr std::size_t kMaxAddress = 300;

struct Section {
  Reported what;
  std::string_view word;  // in the store, and in the heading's text "part_report_WORD"
};
constexpr std::array kSections = {
    Section{Reported::removed, "removed"},     Section{Reported::unrenewed, "unrenewed"},
    Section{Reported::suspended, "suspended"}, Section{Reported::returned, "returned"},
    Section{Reported::probed, "probed"},       Section{Reported::reached, "reached"},
    Section{Reported::bounced, "bounced"},     Section{Reported::unsure, "unsure"},
    Section{Reported::message, "message"},     Section{Reported::lost, "lost"},
    Section{Reported::unread, "unread"},
};

std::string_view word_of(Reported what) {
  const auto row =
      std::find_if(kSections.begin(), kSections.end(), [&](const Section& section) { return section.what == what; });
  return row->word;
}

UnixTime next_midnight(UnixTime now) { return (auth::day_of(now) + 1) * kDay; }

// "    3  11-23  11-25  joe@example.org", and below it the last words heard.
std::string lines_of(const store::ReportEntry& entry) {
  std::array<char, 48> head{};
  std::snprintf(head.data(), head.size(), "%5u  %s  %s  ", entry.count, iso8601(entry.first).substr(5, 5).c_str(),
                iso8601(entry.last).substr(5, 5).c_str());
  std::string lines = head.data() + entry.address + "\n";
  const std::string words = failure_words(entry.status, entry.text);
  if (!words.empty()) lines += "                     " + words + "\n";
  return lines;
}

std::string sections_of(const Work& work, const List& list, const std::vector<store::ReportEntry>& entries) {
  std::string text;
  for (const Section& section : kSections) {
    std::string lines;
    for (const store::ReportEntry& entry : entries) {
      if (entry.kind == section.word) lines += lines_of(entry);
    }
    if (lines.empty()) continue;
    text += part_text(work, list, "part_report_" + std::string(section.word)) + "\n\n" + lines + "\n";
  }
  return text;
}

Status note(store::Writer& state, const List& list, const store::ReportEntry& entry, UnixTime now) {
  if (!list.config().is_on(Setting::bounce_report)) return {};
  const std::string lines_today = "report:" + list.address();
  Result<std::uint64_t> lines = state.counted(lines_today, now, kDay);
  if (!lines) return lines.error();
  if (*lines >= kMaxReportLines) return {};
  Status done = state.count(lines_today, now, kDay);
  if (done) done = state.add_report_entry(list.address(), entry, now + kEntryLife);
  if (!done) return done;
  Result<std::optional<store::DueItem>> due = state.find_due_item(kOwnerReport, list.address(), "");
  if (!due) return due.error();
  if (*due) return {};
  store::DueItem item;
  item.kind = kOwnerReport;
  item.list = list.address();
  item.due = next_midnight(now);
  return state.schedule(item, now);
}

}  // namespace

Status note_for_report(store::Writer& state, const List& list, Reported what, std::string_view address,
                       std::string_view status, std::string_view text, UnixTime now) {
  return note(state, list,
              {std::string(word_of(what)), printable_utf8(address, kMaxAddress), 1, now, now,
               printable_utf8(status, kMaxText), printable_utf8(text, kMaxText)},
              now);
}

Status note_for_report(store::Writer& state, const List& list, Reported what, const store::BounceRecord& record,
                       UnixTime now) {
  return note(state, list,
              {std::string(word_of(what)), printable_utf8(record.address, kMaxAddress), record.days, record.first, now,
               printable_utf8(record.status, kMaxText), printable_utf8(record.text, kMaxText)},
              now);
}

Status send_owner_report(Work& work, const List& list, const store::DueItem&) {
  Result<std::vector<store::ReportEntry>> entries = work.state().report_entries(list.address(), kMaxReportLines);
  if (!entries) return entries.error();
  if (entries->empty()) return {};
  const auto newest =
      std::max_element(entries->begin(), entries->end(), [](const auto& a, const auto& b) { return a.last < b.last; });
  Correspondence letter;
  letter.text_name = "owner_report";
  letter.to = list.owners();
  letter.values = {{"day", iso8601(newest->last).substr(0, 10)},
                   {"sections", sections_of(work, list, *entries)},
                   {"columns", part_text(work, list, "part_report_columns")}};
  send_letter(work, list, letter);
  work.log_when_done(LogLine("report")
                         .with("list", list.address())
                         .with("verdict", "sent")
                         .with("lines", static_cast<std::int64_t>(entries->size())));
  return work.state().forget_report_entries(list.address(), *entries);
}

}  // namespace majlis::lists
