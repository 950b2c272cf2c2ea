#include "mail/text_replacement.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/coding/encoded_words.h"
#include "mail/composer.h"
#include "mail/file_name_field.h"
#include "mail/part_edit.h"
#include "mail/part_text.h"
#include "mail/scan/file_names.h"
#include "mail/word_runs.h"

namespace majlis::mail {
namespace {

using Parts = std::vector<Part>;

constexpr std::size_t kMaxParameters = 200;  // of one field

constexpr std::array<std::string_view, 3> kThreadFields = {"Message-ID", "In-Reply-To", "References"};

bool is_of_thread(const Field& field) {
  return std::any_of(kThreadFields.begin(), kThreadFields.end(),
                     [&](std::string_view each) { return equals_ignoring_case(field.name, each); });
}

// Inside what is signed or encrypted nothing is changed.
bool is_inside_sealed(const Parts& parts, std::size_t index) {
  for (int at = static_cast<int>(index); at >= 0; at = parts[static_cast<std::size_t>(at)].parent) {
    if (is_sealed(parts[static_cast<std::size_t>(at)])) return true;
  }
  return false;
}

class Replacer {
 public:
  Replacer(const Message& message, const FindRanges& find, std::string replacement, ReplaceIn where)
      : message_(message), find_(find), replacement_(std::move(replacement)), where_(where), edits_(message) {}

  void write_to(Edit& edit) {
    if (where_ == ReplaceIn::content) replace_in_subject(edit);
    const Parts& parts = message_.scan().parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (where_ == ReplaceIn::content && is_inside_sealed(parts, i)) continue;
      const bool is_own_header = i == 0 && where_ == ReplaceIn::content;
      replace_in_header(parts[i], is_own_header ? Fields::of_content : Fields::all, edit);
      if (parts[i].type.starts_with("text/")) replace_in_text(i, edit);
    }
    edits_.write_to(edit);
  }

 private:
  enum class Fields { all, of_content };

  std::vector<TextRange> found_in(std::string_view text) const { return find_(text, SearchIn::text); }
  // A field of a part may name a file.
  std::vector<TextRange> names_found_in(std::string_view text) const {
    return find_(text, where_ == ReplaceIn::content ? SearchIn::names : SearchIn::text);
  }

  void replace_in_subject(Edit& edit) const {
    const std::string subject = message_.subject();
    const std::vector<TextRange> found = found_in(subject);
    if (found.empty()) return;
    edit.remove_fields("Subject");
    edit.add_field("Subject", encode_text(with_replaced(subject, found, replacement_)));
  }

  void replace_in_octets(std::size_t begin, std::size_t end, SearchIn where, Edit& edit) const {
    const std::string_view octets = message_.bytes().substr(begin, end - begin);
    for (const TextRange& range : find_(octets, where)) {
      edit.remove(begin + range.begin, begin + range.end);
      edit.insert(begin + range.begin, replacement_);
    }
  }

  void replace_in_header(const Part& part, Fields which, Edit& edit) const {
    std::size_t done_to = part.header_begin;
    for (const Field& field : part.fields) {
      if (which == Fields::of_content && !starts_with_ignoring_case(field.name, "Content-")) continue;
      if (which == Fields::all) replace_in_octets(done_to, field.body_begin, SearchIn::names, edit);
      done_to = field.body_end;
      if (where_ == ReplaceIn::everything && is_of_thread(field)) continue;
      const std::string_view body = message_.bytes().substr(field.body_begin, field.body_end - field.body_begin);
      const std::string changed = without_it(field.name, body);
      if (changed == body) continue;
      edit.remove(field.body_begin, field.body_end);
      edit.insert(field.body_begin, changed);
    }
    if (which == Fields::all) replace_in_octets(done_to, part.body_begin, SearchIn::names, edit);
  }

  std::string without_it(std::string_view field_name, std::string_view body) const {
    std::string changed = with_words_replaced(with_replaced(body, names_found_in(body), replacement_));
    const bool names_file =
        equals_ignoring_case(field_name, "Content-Type") || equals_ignoring_case(field_name, "Content-Disposition");
    return names_file ? with_name_replaced(std::move(changed)) : changed;
  }

  std::string with_words_replaced(const std::string& body) const {
    std::string out;
    std::size_t kept_to = 0;
    for (const TextRange& run : encoded_word_runs(body)) {
      const std::string text = decode_words(std::string_view(body).substr(run.begin, run.end - run.begin));
      const std::vector<TextRange> found = names_found_in(text);
      if (found.empty()) continue;
      out.append(body, kept_to, run.begin - kept_to);
      out += encode_words(with_replaced(text, found, replacement_));
      kept_to = run.end;
    }
    return out.append(body, kept_to);
  }

  // By any reading, as a policy on names has it: continued, percent-encoded, quoted oddly. The one of the RFCs first.
  std::string with_name_replaced(std::string body) const {
    const ContentField content = parse_content_field(unfold(body), kMaxParameters);
    std::vector<std::string> readings;
    for (const std::string_view parameter : {"filename", "name"}) {
      const std::optional<std::string> name = parameter_value(content, parameter);
      if (name) readings.push_back(decode_words(*name));
    }
    FileNames names;
    names.collect(body, content);
    for (std::string& name : names.take()) readings.push_back(std::move(name));
    for (const std::string& name : readings) {
      const std::vector<TextRange> found = names_found_in(name);
      if (found.empty()) continue;
      const std::string_view line_end = message_.scan().crlf ? "\r\n" : "\n";
      return with_file_name(body, with_replaced(name, found, replacement_), line_end);
    }
    return body;
  }

  void replace_in_text(std::size_t index, Edit& edit) {
    const Part& part = message_.scan().parts[index];
    const std::string text = text_of(message_.bytes(), part);
    const std::vector<TextRange> found = found_in(text);
    if (found.empty()) return;
    const std::string_view body = message_.bytes().substr(part.body_begin, part.body_end - part.body_begin);
    const std::string octets = decode_transfer(body, part.encoding);
    const std::vector<TextRange> in_octets = found_in(octets);
    if (in_octets.size() != found.size()) {  // a charset that hides it
      edits_.replace(index, part_in_utf8(part.type, with_replaced(text, found, replacement_)));
    } else if (part.encoding == "base64" || part.encoding == "quoted-printable") {
      edits_.replace_octets(index, with_replaced(octets, in_octets, replacement_));
    } else {
      replace_in_octets(part.body_begin, part.body_end, SearchIn::text, edit);
    }
  }

  const Message& message_;
  const FindRanges& find_;
  std::string replacement_;
  ReplaceIn where_;
  PartEdit edits_;
};

}  // namespace

void replace_in_message(const Message& message, const FindRanges& find, std::string replacement, ReplaceIn where,
                        Edit& edit) {
  Replacer(message, find, std::move(replacement), where).write_to(edit);
}

}  // namespace majlis::mail
