#include "bin/admin/members/member_file.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/text.h"
#include "bin/admin/call/input.h"
#include "lists/members/roster_change.h"
#include "mail/coding/decode.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMaxInputOctets = 512 * 1024 * 1024;
constexpr std::size_t kMaxLines = 10'000'000;
constexpr std::size_t kMaxToldRefusals = 100;

// Lists of members come out of many programs: UTF-8 with or without a byte order mark, UTF-16, windows-1252.
std::string in_utf8(std::string text) {
  const bool has_mark = text.starts_with("\xEF\xBB\xBF");
  if (text.starts_with("\xFF\xFE")) return mail::to_utf8(text, "utf-16le");
  if (text.starts_with("\xFE\xFF")) return mail::to_utf8(text, "utf-16be");
  return has_mark || !is_valid_utf8(text) ? mail::to_utf8(text, "") : std::move(text);
}

// Rows of separators alone are what a spreadsheet leaves behind its last one.
bool says_nothing(std::string_view line) {
  return line.empty() || line.front() == '#' || line.find_first_not_of(",; \t") == std::string_view::npos;
}

}  // namespace

Result<MemberFile> MemberFile::read(const Call& call, const lists::Admission& admission) {
  Result<std::string> input = read_input(call.word(1), kMaxInputOctets);
  if (!input) return input.error();
  MemberFile file(admission);
  Status done = file.read_lines(call, in_utf8(std::move(*input)));
  if (!done) return done.error();
  // In the tree's own order neighbours fall on the same page.
  std::stable_sort(file.lines_.begin(), file.lines_.end(),
                   [](const Line& a, const Line& b) { return a.key() < b.key(); });
  return file;
}

Status MemberFile::read_lines(const Call& call, std::string_view text) {
  std::string_view rest = text;
  std::size_t number = 0;
  bool is_first = true;
  while (const auto line = next_line(rest)) {
    if (++number > kMaxLines) return Error{ErrorKind::refused, "more than " + std::to_string(kMaxLines) + " lines"};
    const std::string_view content = trim(*line);
    if (says_nothing(content)) continue;
    if (is_first) columns_ = csv_columns(*line);
    const bool is_heading = is_first && columns_;
    is_first = false;
    if (is_heading) continue;
    Result<mail::Mailbox> person = person_in(*line);
    if (person) {
      keep(*person);
    } else {
      refuse(call, number, person.error().what);
    }
  }
  return {};
}

void MemberFile::keep(const mail::Mailbox& person) {
  const std::string key = lists::roster_order(person.address);
  const std::string address = person.address.text();
  const std::array<std::string_view, 3> parts = {key, address, person.display};
  char* const octets = texts_.make_room(key.size() + address.size() + person.display.size());
  char* end = octets;
  for (const std::string_view part : parts) end = std::copy(part.begin(), part.end(), end);
  lines_.push_back({octets, static_cast<std::uint16_t>(key.size()), static_cast<std::uint16_t>(address.size()),
                    static_cast<std::uint32_t>(person.display.size())});
}

void MemberFile::refuse(const Call& call, std::size_t number, const std::string& why) {
  if (++refused_ <= kMaxToldRefusals) complain(call, "line " + std::to_string(number) + ": " + why);
  if (refused_ == kMaxToldRefusals + 1) complain(call, "further lines that are refused are only counted");
}

Result<mail::Mailbox> MemberFile::person_in(std::string_view line) const {
  if (!columns_) return admission_->read(line);
  const auto cells = csv_cells(line, columns_->separator);
  if (!cells) return Error{ErrorKind::refused, "a quoted cell has no end on this line, or more than a cell in it"};
  if (columns_->address >= cells->size()) return Error{ErrorKind::refused, "there is no address in its column"};
  Result<mail::Mailbox> person = admission_->read((*cells)[columns_->address]);
  if (person && columns_->name && *columns_->name < cells->size()) {
    if (const std::string_view name = trim((*cells)[*columns_->name]); !name.empty()) person->display = name;
  }
  return person;
}

mail::Mailbox MemberFile::person(std::size_t at) const {
  std::optional<mail::Address> address = mail::Address::parse(lines_[at].address());
  assert(address);
  return {std::string(lines_[at].display()), std::move(*address)};
}

std::vector<mail::Mailbox> MemberFile::people(std::size_t from, std::size_t count) const {
  std::vector<mail::Mailbox> found;
  found.reserve(count);
  for (std::size_t at = from; at < from + count; ++at) found.push_back(person(at));
  return found;
}

}  // namespace majlis::bin::admin
