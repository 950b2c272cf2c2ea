#include <array>
#include <optional>

#include "base/text.h"
#include "lists/posts/transforms/anonymity.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/address_search.h"
#include "mail/coding/decode.h"
#include "mail/coding/encoded_words.h"
#include "mail/composer.h"
#include "mail/file_name_field.h"
#include "mail/part_edit.h"
#include "mail/part_text.h"
#include "mail/scan/file_names.h"
#include "mail/word_runs.h"

namespace majlis::lists {
namespace {

using Parts = std::vector<mail::Part>;

constexpr std::size_t kMaxParameters = 200;  // of one field

// Inside what is signed or encrypted nothing is changed.
bool is_inside_sealed(const Parts& parts, std::size_t index) {
  for (int at = static_cast<int>(index); at >= 0; at = parts[static_cast<std::size_t>(at)].parent) {
    if (mail::is_sealed(parts[static_cast<std::size_t>(at)])) return true;
  }
  return false;
}

// Puts the list's address in place of the author's.
class Replacement {
 public:
  Replacement(const mail::Message& message, std::vector<mail::Address> addresses, std::string list_address)
      : message_(message), addresses_(std::move(addresses)), list_address_(std::move(list_address)), edits_(message) {}

  void write_to(mail::Edit& edit) {
    replace_in_subject(edit);
    const Parts& parts = message_.scan().parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (is_inside_sealed(parts, i)) continue;
      replace_in_header(parts[i], i > 0 ? Fields::all : Fields::of_content, edit);
      if (parts[i].type.starts_with("text/")) replace_in_text(i, edit);
    }
    edits_.write_to(edit);
  }

 private:
  enum class Fields { all, of_content };

  std::vector<mail::TextRange> found_in(std::string_view text) const { return mail::find_addresses(text, addresses_); }
  std::vector<mail::TextRange> names_found_in(std::string_view text) const {
    return mail::find_addresses(text, addresses_, mail::SearchIn::names);
  }

  void replace_in_subject(mail::Edit& edit) const {
    const std::string subject = message_.subject();
    const std::vector<mail::TextRange> found = found_in(subject);
    if (found.empty()) return;
    edit.remove_fields("Subject");
    edit.add_field("Subject", mail::encode_text(mail::with_replaced(subject, found, list_address_)));
  }

  void replace_in_octets(std::size_t begin, std::size_t end, mail::SearchIn where, mail::Edit& edit) const {
    const std::string_view octets = message_.bytes().substr(begin, end - begin);
    for (const mail::TextRange& range : mail::find_addresses(octets, addresses_, where)) {
      edit.remove(begin + range.begin, begin + range.end);
      edit.insert(begin + range.begin, list_address_);
    }
  }

  // Of the whole message only how it is built: what its other fields say of the author, `anonymous` takes out.
  void replace_in_header(const mail::Part& part, Fields which, mail::Edit& edit) const {
    std::size_t done_to = part.header_begin;
    for (const mail::Field& field : part.fields) {
      if (which == Fields::of_content && !starts_with_ignoring_case(field.name, "Content-")) continue;
      if (which == Fields::all) replace_in_octets(done_to, field.body_begin, mail::SearchIn::names, edit);
      done_to = field.body_end;
      const std::string_view body = message_.bytes().substr(field.body_begin, field.body_end - field.body_begin);
      const std::string changed = without_author(field.name, body);
      if (changed == body) continue;
      edit.remove(field.body_begin, field.body_end);
      edit.insert(field.body_begin, changed);
    }
    if (which == Fields::all) replace_in_octets(done_to, part.body_begin, mail::SearchIn::names, edit);
  }

  std::string without_author(std::string_view field_name, std::string_view body) const {
    std::string changed = with_words_replaced(mail::with_replaced(body, names_found_in(body), list_address_));
    const bool names_file =
        equals_ignoring_case(field_name, "Content-Type") || equals_ignoring_case(field_name, "Content-Disposition");
    return names_file ? with_name_replaced(std::move(changed)) : changed;
  }

  std::string with_words_replaced(const std::string& body) const {
    std::string out;
    std::size_t kept_to = 0;
    for (const mail::TextRange& run : mail::encoded_word_runs(body)) {
      const std::string text = mail::decode_words(std::string_view(body).substr(run.begin, run.end - run.begin));
      const std::vector<mail::TextRange> found = names_found_in(text);
      if (found.empty()) continue;
      out.append(body, kept_to, run.begin - kept_to);
      out += mail::encode_words(mail::with_replaced(text, found, list_address_));
      kept_to = run.end;
    }
    return out.append(body, kept_to);
  }

  // By any reading, as a policy on names has it: continued, percent-encoded, quoted oddly. The one of the RFCs first.
  std::string with_name_replaced(std::string body) const {
    const mail::ContentField content = mail::parse_content_field(mail::unfold(body), kMaxParameters);
    std::vector<std::string> readings;
    for (const std::string_view parameter : {"filename", "name"}) {
      const std::optional<std::string> name = mail::parameter_value(content, parameter);
      if (name) readings.push_back(mail::decode_words(*name));
    }
    mail::FileNames names;
    names.collect(body, content);
    for (std::string& name : names.take()) readings.push_back(std::move(name));
    for (const std::string& name : readings) {
      const std::vector<mail::TextRange> found = names_found_in(name);
      if (found.empty()) continue;
      const std::string_view line_end = message_.scan().crlf ? "\r\n" : "\n";
      return mail::with_file_name(body, mail::with_replaced(name, found, list_address_), line_end);
    }
    return body;
  }

  void replace_in_text(std::size_t index, mail::Edit& edit) {
    const mail::Part& part = message_.scan().parts[index];
    const std::string text = mail::text_of(message_.bytes(), part);
    const std::vector<mail::TextRange> found = found_in(text);
    if (found.empty()) return;
    const std::string_view body = message_.bytes().substr(part.body_begin, part.body_end - part.body_begin);
    const std::string octets = mail::decode_transfer(body, part.encoding);
    const std::vector<mail::TextRange> in_octets = found_in(octets);
    if (in_octets.size() != found.size()) {  // a charset that hides it
      edits_.replace(index, mail::part_in_utf8(part.type, mail::with_replaced(text, found, list_address_)));
    } else if (part.encoding == "base64" || part.encoding == "quoted-printable") {
      edits_.replace_octets(index, mail::with_replaced(octets, in_octets, list_address_));
    } else {
      replace_in_octets(part.body_begin, part.body_end, mail::SearchIn::text, edit);
    }
  }

  const mail::Message& message_;
  std::vector<mail::Address> addresses_;
  std::string list_address_;
  mail::PartEdit edits_;
};

}  // namespace

// anonymous_text: the author's address in Subject and texts becomes the list's, in forwarded messages and the fields of
// parts as well. Files are not looked into.
Result<Draft> anonymous_text(const PostContext& context, Draft draft) {
  const List& list = *context.list;
  if (!is_anonymous(list) || !list.config().is_on(Setting::anonymous_text)) return draft;
  const std::vector<mail::Address> addresses = addresses_of_author(list, *context.post);
  if (addresses.empty()) return draft;
  const mail::Message& message = draft.message();
  Replacement(message, addresses, list.address()).write_to(draft.edit());
  return draft;
}

}  // namespace majlis::lists
