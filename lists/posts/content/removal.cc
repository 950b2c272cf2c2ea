#include "lists/posts/content/removal.h"

#include <algorithm>
#include <map>

#include "base/unicode.h"
#include "lists/site/reasons.h"
#include "mail/coding/decode.h"
#include "mail/open_text.h"
#include "mail/part_edit.h"
#include "mail/scan/part_header.h"
#include "mail/text_part.h"

namespace majlis::lists {
namespace {

// Shown where it stands.
std::string note_part(const std::string& note) {
  return "Content-Disposition: inline\r\n" + mail::without_leading_dashes(mail::text_part(note + "\n"));
}

class Removal {
 public:
  Removal(const mail::Message& message, const NoteOf& note_of, mail::Edit& edit)
      : note_of_(&note_of), message_(&message), edit_(&edit), parts_(message) {}

  void take_out(const ContentFindings& content);

 private:
  using Findings = std::vector<const ContentFinding*>;
  const mail::Part& part(std::size_t index) const { return message_->scan().parts[index]; }
  std::string note_of(const ContentFinding& finding) const { return (*note_of_)(finding); }
  bool is_everything(const ContentFindings& content) const;
  void replace_part(std::size_t index, const std::string& note);
  void replace_blocks(std::size_t index, const Findings& findings);
  std::string with_notes(std::string_view text, const Findings& findings, bool in_utf8) const;

  const NoteOf* note_of_;
  const mail::Message* message_;
  mail::Edit* edit_;
  mail::PartEdit parts_;
};

// Every part that has no parts goes as a whole.
bool Removal::is_everything(const ContentFindings& content) const {
  const std::vector<mail::Part>& parts = message_->scan().parts;
  std::vector<bool> is_gone(parts.size(), false);
  for (const ContentFinding& finding : content.found) is_gone[finding.part] = is_gone[finding.part] || !finding.block;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto parent = static_cast<std::size_t>(std::max(parts[i].parent, 0));
    is_gone[i] = is_gone[i] || (i > 0 && is_gone[parent]);
    const bool is_leaf = i + 1 >= parts.size() || parts[i + 1].parent != static_cast<int>(i);
    if (is_leaf && !is_gone[i]) return false;
  }
  return true;
}

void Removal::replace_part(std::size_t index, const std::string& note) {
  const int parent = part(index).parent;
  const bool is_alternative = parent >= 0 && part(static_cast<std::size_t>(parent)).type == "multipart/alternative";
  if (!is_alternative) {
    parts_.replace(index, note_part(note));
    return;
  }
  parts_.remove(index);
  parts_.put_before(static_cast<std::size_t>(parent) + 1, note_part(note));
}

std::string Removal::with_notes(std::string_view text, const Findings& findings, bool in_utf8) const {
  const std::string& charset = part(findings.front()->part).charset;
  const auto kept = [&](std::string_view piece) {
    return in_utf8 ? mail::to_utf8(piece, charset) : std::string(piece);
  };
  std::string changed;
  std::size_t at = 0;
  for (const ContentFinding* const finding : findings) {
    changed += kept(text.substr(at, finding->block->begin - at)) + note_of(*finding) + "\n";
    at = finding->block->end;
  }
  return changed + kept(text.substr(at));
}

// Octets that are not encoded stay where they are. A note that the text's charset may lack makes it UTF-8.
void Removal::replace_blocks(std::size_t index, const Findings& findings) {
  const mail::Part& each = part(index);
  const std::string_view body = message_->bytes().substr(each.body_begin, each.body_end - each.body_begin);
  std::string notes;
  for (const ContentFinding* const finding : findings) notes += note_of(*finding);
  if (!is_ascii(notes) && each.charset != "utf-8") {
    const std::string text = with_notes(mail::decode_transfer(body, each.encoding), findings, true);
    parts_.replace(index, mail::part_in_utf8("text/plain", text));
    return;
  }
  if (!mail::is_identity_encoding(each.encoding)) {
    parts_.replace_octets(index, with_notes(mail::decode_transfer(body, each.encoding), findings, false));
    return;
  }
  const std::string_view line_end = message_->scan().crlf ? "\r\n" : "\n";
  for (const ContentFinding* const finding : findings) {
    edit_->remove(each.body_begin + finding->block->begin, each.body_begin + finding->block->end);
    edit_->insert(each.body_begin + finding->block->begin, note_of(*finding) + std::string(line_end));
  }
}

void Removal::take_out(const ContentFindings& content) {
  std::map<std::size_t, Findings> by_part;
  std::string notes;
  for (const ContentFinding& finding : content.found) {
    by_part[finding.part].push_back(&finding);
    notes += (notes.empty() ? "" : "\n") + note_of(finding);
  }
  if (is_everything(content)) {
    parts_.replace(0, note_part(notes));
    by_part.clear();
  }
  for (const auto& [index, findings] : by_part) {
    if (findings.front()->block) {
      replace_blocks(index, findings);
    } else {
      replace_part(index, note_of(*findings.front()));
    }
  }
  parts_.write_to(*edit_);
}

}  // namespace

NoteOf notes_of(const Site& site, const List& list) {
  return [&site, &list](const ContentFinding& finding) {
    const std::string& language = list.config().text(Setting::language);
    const std::string what = reasons_in(site, language, {finding.why});
    return reasons_in(site, language, {{ReasonId::attachment_note, {{"what", what}}}});
  };
}

void remove_found(const mail::Message& message, const ContentFindings& content, const NoteOf& note_of,
                  mail::Edit& edit) {
  if (!content.found.empty()) Removal(message, note_of, edit).take_out(content);
}

std::shared_ptr<const mail::Message> without_found(const mail::Message& message, const ContentFindings& content,
                                                   const NoteOf& note_of) {
  if (content.found.empty()) return nullptr;
  if (message.scan().is_ambiguous()) {
    return std::make_shared<const mail::Message>(mail::Message::open(std::string(message.header())));
  }
  mail::Edit edit(message);
  remove_found(message, content, note_of, edit);
  return std::make_shared<const mail::Message>(mail::Message::open(edit.apply().bytes));
}

}  // namespace majlis::lists
