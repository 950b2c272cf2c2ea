// Any bytes are a message: it opens, its parts nest within their bounds, and an edit that does nothing changes nothing.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mail/edit.h"
#include "mail/message.h"

namespace {

using majlis::mail::Ambiguity;
using majlis::mail::Edit;
using majlis::mail::Field;
using majlis::mail::Message;
using majlis::mail::Part;
using majlis::mail::Scan;

void demand(bool holds) {
  if (!holds) std::abort();
}

void check_fields(const Part& part) {
  std::size_t at = part.header_begin;
  for (const Field& field : part.fields) {
    demand(field.begin >= at && field.begin < field.body_begin && field.body_begin <= field.body_end);
    demand(field.body_end <= field.end && field.end <= part.body_begin);
    demand(!field.name.empty());
    at = field.end;
  }
}

void check_scan(const Scan& scan, std::size_t size) {
  const majlis::mail::ScanLimits limits;
  demand(!scan.parts.empty() && scan.parts.size() <= limits.max_parts && scan.parts[0].body_end == size);
  for (std::size_t i = 0; i < scan.parts.size(); ++i) {
    const Part& part = scan.parts[i];
    demand(part.header_begin <= part.body_begin && part.body_begin <= part.body_end && part.body_end <= size);
    demand(part.depth <= static_cast<int>(limits.max_depth) && part.parent < static_cast<int>(i));
    demand((part.parent < 0) == (i == 0) && part.type.find('/') != std::string::npos);
    check_fields(part);
    if (i == 0) continue;
    const Part& parent = scan.parts[static_cast<std::size_t>(part.parent)];
    demand(part.depth == parent.depth + 1 && part.header_begin >= parent.body_begin);
    demand(part.body_end <= parent.body_end && part.header_begin >= scan.parts[i - 1].header_begin);
  }
}

void check_edits(const Message& message) {
  demand(Edit(message).apply().bytes == message.bytes());
  Edit edit(message);
  edit.remove_fields("Subject");
  edit.remove_fields("Content-Type");
  edit.add_field("List-Id", "<list.example.org>");
  demand(!edit.changes_body());
  const std::string changed = edit.apply().bytes;
  demand(changed.ends_with(message.body()));
  // Beyond a ceiling not all fields are known, and one field less can bring another within it.
  const Scan& scan = message.scan();
  if (scan.has(Ambiguity::header_too_long) || scan.has(Ambiguity::too_many_fields) ||
      scan.has(Ambiguity::field_too_long)) {
    return;
  }
  // What stood behind the cut-off envelope lines must not pass for one of them: a field on top sees to that.
  const Message after = Message::open(changed);
  demand(after.envelope_lines().empty() && after.body() == message.body());
  demand(after.has_field("List-Id") && !after.has_field("Subject"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxText = 1000;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const Message message = Message::open(bytes);
  demand(std::string(message.envelope_lines()) + std::string(message.bytes()) == bytes);
  check_scan(message.scan(), message.bytes().size());
  demand(message.bytes().starts_with(message.header()) && message.bytes().ends_with(message.body()));
  demand(message.first_text(kMaxText).value_or("").size() <= kMaxText);
  demand(message.written_text(kMaxText).value_or("").size() <= kMaxText);
  demand(message.subject().find('\n') == std::string::npos);
  (void)message.author();
  (void)message.message_id();
  check_edits(message);
  return 0;
}
