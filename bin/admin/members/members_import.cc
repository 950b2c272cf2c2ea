#include <unistd.h>

#include <algorithm>

#include "base/text.h"
#include "bin/admin/call/input.h"
#include "bin/admin/call/print.h"
#include "bin/admin/members/member_line.h"
#include "bin/admin/members/members.h"
#include "lists/members/roster_change.h"
#include "lists/site/list.h"
#include "mail/coding/decode.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMaxInputOctets = 512 * 1024 * 1024;
constexpr std::size_t kMaxLines = 10'000'000;
constexpr std::size_t kMaxToldRefusals = 100;

// Of a million only so much is kept at a time.
struct NewMember {
  std::string key;        // the roster's
  std::string_view line;  // is read again when his slice comes
};

struct Lines {
  std::vector<NewMember> members;
  std::size_t refused = 0;
};

void refuse_line(const Call& call, std::size_t number, const std::string& why, std::size_t& refused) {
  if (++refused <= kMaxToldRefusals) complain(call, "line " + std::to_string(number) + ": " + why);
  if (refused == kMaxToldRefusals + 1) complain(call, "further lines that are refused are only counted");
}

// Lists of members come out of many programs: UTF-8 with or without a byte order mark, UTF-16, windows-1252.
std::string in_utf8(std::string text) {
  const bool has_mark = text.starts_with("\xEF\xBB\xBF");
  if (text.starts_with("\xFF\xFE")) return mail::to_utf8(text, "utf-16le");
  if (text.starts_with("\xFE\xFF")) return mail::to_utf8(text, "utf-16be");
  return has_mark || !is_valid_utf8(text) ? mail::to_utf8(text, "") : std::move(text);
}

Result<Lines> read_lines(const Call& call, const Admission& admission, std::string_view text) {
  Lines lines;
  std::size_t number = 0;
  while (const auto line = next_line(text)) {
    if (++number > kMaxLines) return Error{ErrorKind::refused, "more than " + std::to_string(kMaxLines) + " lines"};
    const std::string_view content = trim(*line);
    if (content.empty() || content.front() == '#') continue;
    Result<mail::Mailbox> person = admission.read(content);
    if (!person) {
      refuse_line(call, number, person.error().what, lines.refused);
      continue;
    }
    lines.members.push_back({lists::roster_order(person->address), content});
  }
  return lines;
}

void show_progress(std::size_t done, std::size_t all) {
  if (isatty(STDERR_FILENO) == 0) return;
  print_error("\r" + std::to_string(done) + " of " + std::to_string(all) + (done == all ? "\n" : ""));
}

// Commits members from `from` on, at most a slice: others come in between. Returns how many were new.
Result<std::size_t> add_slice(const Call& call, const lists::Site& site, const lists::List& list,
                              const Admission& admission, const std::vector<NewMember>& members, std::size_t from) {
  const std::size_t end = std::min(members.size(), from + lists::kMaxMembersPerImport);
  std::vector<mail::Mailbox> slice;
  slice.reserve(end - from);
  for (std::size_t i = from; i < end; ++i) {
    Result<mail::Mailbox> person = admission.read(members[i].line);
    if (!person) return person.error();
    slice.push_back(std::move(*person));
  }
  Result<std::vector<mail::Address>> added = lists::import_members(site, list, std::move(slice), call.now);
  if (!added) return added.error();
  record_members(call, list.address(), *added);
  return added->size();
}

void report(const Call& call, const std::string& list, std::size_t added, const Lines& lines) {
  const std::size_t already = lines.members.size() - added;
  if (call.wants_json()) {
    print(JsonLine()
              .text("list", list)
              .number("added", static_cast<std::int64_t>(added))
              .number("already", static_cast<std::int64_t>(already))
              .number("refused", static_cast<std::int64_t>(lines.refused))
              .line());
    return;
  }
  print(std::to_string(added) + " added, " + std::to_string(already) + " on the list already, " +
        std::to_string(lines.refused) + " refused\n");
}

}  // namespace

Result<Verdict> import_members(const Call& call) {
  Result<OpenedList> opened = open_list(call);
  if (!opened) return opened.error();
  const auto& [site, list] = *opened;
  Result<std::string> input = read_input(call.word(1), kMaxInputOctets);
  if (!input) return input.error();
  const std::string text = in_utf8(std::move(*input));
  const Result<Admission> admission = Admission::open(site);
  if (!admission) return admission.error();
  Result<Lines> lines = read_lines(call, *admission, text);
  if (!lines) return lines.error();
  // In the tree's own order neighbours fall on the same page.
  std::stable_sort(lines->members.begin(), lines->members.end(),
                   [](const NewMember& a, const NewMember& b) { return a.key < b.key; });
  std::size_t added = 0;
  for (std::size_t from = 0; from < lines->members.size(); from += lists::kMaxMembersPerImport) {
    Result<std::size_t> slice = add_slice(call, site, list, *admission, lines->members, from);
    if (!slice) return slice.error();
    added += *slice;
    show_progress(std::min(lines->members.size(), from + lists::kMaxMembersPerImport), lines->members.size());
  }
  record(call, list.address(), std::to_string(added));
  report(call, list.address(), added, *lines);
  return lines->refused == 0 ? Verdict::done : Verdict::wanting;
}

}  // namespace majlis::bin::admin
