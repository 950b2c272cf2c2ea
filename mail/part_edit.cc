#include "mail/part_edit.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/composer.h"
#include "mail/open_text.h"

namespace majlis::mail {
namespace {

// They count octets that are now others.
constexpr std::array<std::string_view, 3> kCounts = {"Content-MD5", "Content-Length", "Lines"};

bool counts_octets(std::string_view name) {
  return std::any_of(kCounts.begin(), kCounts.end(), [&](auto each) { return equals_ignoring_case(name, each); });
}

bool speaks_of_content(std::string_view name) {
  return starts_with_ignoring_case(name, "Content-") || counts_octets(name);
}

bool has_field(const Part& part, std::string_view name) {
  return std::any_of(part.fields.begin(), part.fields.end(),
                     [&](const Field& field) { return equals_ignoring_case(field.name, name); });
}

}  // namespace

std::string part_in_utf8(std::string_view type, std::string_view text) {
  return field("Content-Type", std::string(type) + "; charset=UTF-8") +
         field("Content-Transfer-Encoding", "quoted-printable") + "\r\n" +
         without_leading_dashes(encode_quoted_printable(with_lf(to_utf8(text, "utf-8"))));
}

PartEdit::PartEdit(const Message& message) : message_(&message), changes_(message.scan().parts.size()) {}

void PartEdit::replace(std::size_t part, std::string content) {
  changes_[part].fate = Fate::replaced;
  changes_[part].content = std::move(content);
}

void PartEdit::replace_octets(std::size_t index, std::string_view octets) {
  const std::string& encoding = part(index).encoding;
  assert(encoding == "base64" || encoding == "quoted-printable");
  changes_[index].fate = Fate::octets_replaced;
  changes_[index].content =
      encoding == "base64" ? encode_base64(octets) : without_leading_dashes(encode_quoted_printable(octets));
}

void PartEdit::remove(std::size_t part) { changes_[part].fate = Fate::removed; }

void PartEdit::put_before(std::size_t index, std::string content) {
  if (!is_message(index)) changes_[index].before.push_back(std::move(content));
}

bool PartEdit::is_empty() const {
  return std::all_of(changes_.begin(), changes_.end(),
                     [](const Change& each) { return each.fate == Fate::kept && each.before.empty(); });
}

// The header of such a part is a message's.
bool PartEdit::is_message(std::size_t index) const {
  const int parent = part(index).parent;
  return parent < 0 || !part(static_cast<std::size_t>(parent)).is_multipart();
}

bool PartEdit::is_inside_changed(std::size_t index, const std::vector<Change>& changes) const {
  for (int parent = part(index).parent; parent >= 0; parent = part(static_cast<std::size_t>(parent)).parent) {
    if (changes[static_cast<std::size_t>(parent)].fate != Fate::kept) return true;
  }
  return false;
}

// Children stand behind their parents.
std::vector<PartEdit::Change> PartEdit::with_emptied_parents() const {
  std::vector<Change> changes = changes_;
  std::vector<std::size_t> children(changes.size(), 0);
  std::vector<std::size_t> left(changes.size(), 0);
  for (std::size_t i = changes.size(); i-- > 0;) {
    const bool is_emptied = children[i] > 0 && left[i] == 0;
    if (is_emptied && changes[i].fate == Fate::kept) changes[i].fate = Fate::removed;
    if (part(i).parent < 0) continue;
    const auto parent = static_cast<std::size_t>(part(i).parent);
    ++children[parent];
    if (changes[i].fate != Fate::removed || !changes[i].before.empty()) ++left[parent];
  }
  if (changes.front().fate == Fate::removed) changes.front() = {Fate::replaced, part_in_utf8("text/plain", ""), {}};
  return changes;
}

// Octets of the line end that stands there, 0 when there is none.
std::size_t PartEdit::line_end_at(std::size_t at) const {
  const std::string_view rest = message_->bytes().substr(at);
  return rest.starts_with("\r\n") ? 2 : rest.starts_with("\n") ? 1 : 0;
}

std::string PartEdit::in_line_ends(std::string text) const {
  if (!message_->scan().crlf) std::erase(text, '\r');
  return text;
}

// The line end in front of a delimiter is the delimiter's.
std::string PartEdit::in_place_of(const Part& part, std::string content) const {
  if (line_end_at(part.body_end) > 0 && content.ends_with("\r\n")) content.resize(content.size() - 2);
  return in_line_ends(std::move(content));
}

void PartEdit::write_replaced(std::size_t index, const std::string& content, Edit& edit) const {
  const Part& old = part(index);
  std::size_t at = old.header_begin;
  std::string in_front;
  if (is_message(index)) {
    if (!old.fields.empty()) at = old.fields.back().end;
    if (at > old.header_begin && message_->bytes()[at - 1] != '\n') in_front += "\r\n";
    if (!has_field(old, "MIME-Version")) in_front += "MIME-Version: 1.0\r\n";
    for (const Field& each : old.fields) {
      if (speaks_of_content(each.name)) edit.remove(each.begin, each.end);
    }
  }
  edit.remove(at, old.body_end);
  edit.insert(at, in_place_of(old, in_front + content));
}

void PartEdit::write_octets(std::size_t index, const std::string& encoded, Edit& edit) const {
  const Part& old = part(index);
  for (const Field& each : old.fields) {
    if (counts_octets(each.name)) edit.remove(each.begin, each.end);
  }
  edit.remove(old.body_begin, old.body_end);
  edit.insert(old.body_begin, in_place_of(old, encoded));
}

// Where the delimiter line in front of the part begins.
std::size_t PartEdit::delimiter_before(std::size_t index) const {
  const std::size_t line_end = part(index).header_begin - 1;
  const std::size_t before = line_end == 0 ? std::string_view::npos : message_->bytes().rfind('\n', line_end - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

// From its delimiter line to the next one.
void PartEdit::write_removed(std::size_t index, Edit& edit) const {
  const std::size_t body_end = part(index).body_end;
  edit.remove(delimiter_before(index), body_end + line_end_at(body_end));
}

void PartEdit::write_before(std::size_t index, const std::vector<std::string>& contents, Edit& edit) const {
  const std::string& boundary = part(static_cast<std::size_t>(part(index).parent)).boundary;
  std::string text;
  for (const std::string& content : contents) {
    text += "--" + boundary + "\r\n" + content + (content.ends_with("\r\n") ? "" : "\r\n");
  }
  edit.insert(delimiter_before(index), in_line_ends(std::move(text)));
}

void PartEdit::write_to(Edit& edit) const {
  const std::vector<Change> changes = with_emptied_parents();
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (is_inside_changed(i, changes)) continue;
    if (!changes[i].before.empty()) write_before(i, changes[i].before, edit);
    switch (changes[i].fate) {
      case Fate::kept: break;
      case Fate::octets_replaced: write_octets(i, changes[i].content, edit); break;
      case Fate::replaced: write_replaced(i, changes[i].content, edit); break;
      case Fate::removed: write_removed(i, edit); break;
    }
  }
}

}  // namespace majlis::mail
