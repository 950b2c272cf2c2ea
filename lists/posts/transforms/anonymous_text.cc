#include <array>
#include <optional>

#include "base/text.h"
#include "lists/posts/transforms/anonymity.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/address_search.h"
#include "mail/coding/decode.h"
#include "mail/composer.h"
#include "mail/part_edit.h"
#include "mail/part_text.h"

namespace majlis::lists {
namespace {

using Parts = std::vector<mail::Part>;

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
      if (i > 0) replace_in_octets(parts[i].header_begin, parts[i].body_begin, mail::SearchIn::names, edit);
      if (parts[i].type.starts_with("text/")) replace_in_text(i, edit);
    }
    edits_.write_to(edit);
  }

 private:
  std::vector<mail::TextRange> found_in(std::string_view text) const { return mail::find_addresses(text, addresses_); }

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
