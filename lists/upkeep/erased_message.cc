#include "lists/upkeep/erased_message.h"

#include <array>
#include <span>
#include <vector>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/message.h"
#include "mail/recipient_fields.h"
#include "mail/text_replacement.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxAddresses = 500;
constexpr std::array<std::string_view, 3> kAuthorFields = {"From", "Sender", "Reply-To"};
// Where a name stands with the address.
constexpr std::array<std::string_view, 9> kPeopleFields = {
    "From", "Sender", "Reply-To", "To", "Cc", "Resent-To", "Resent-From", "Resent-Cc", "X-Original-From"};
constexpr std::array<std::string_view, 3> kSignsOfCoding = {"=?", "base64", "quoted-printable"};

// Octets in which nothing is encoded are searched as they are: most posts of an archive are no more than that.
bool may_be_in(std::string_view bytes, const PersonWords& person) {
  if (person.are_in(bytes)) return true;
  for (const std::string_view sign : kSignsOfCoding) {
    if (find_ignoring_case(bytes, sign) != std::string_view::npos) return true;
  }
  return false;
}

bool names(std::string_view body, const mail::Address& who) {
  for (const std::string& written : mail::addresses_named_in(body, kMaxAddresses)) {
    if (mail::Address::parse(written) == who) return true;
  }
  return false;
}

bool is_own(const mail::Message& message, const mail::Address& who) {
  for (const std::string_view field : kAuthorFields) {
    for (const std::string& body : message.fields(field)) {
      if (names(body, who)) return true;
    }
  }
  return false;
}

// What stands beside the address in fields that name people.
void add_names(const mail::Message& message, std::span<const std::string_view> fields, const mail::Address& who,
               std::vector<std::string>& found) {
  for (const std::string_view field : fields) {
    for (const std::string& body : message.fields(field)) {
      const auto people = mail::parse_mailbox_list(body);
      if (!people) continue;
      for (const mail::Mailbox& one : *people) {
        if (one.address != who || one.display.empty()) continue;
        found.push_back(one.display);
        found.push_back(mail::decode_words(one.display));
      }
    }
  }
}

PersonWords words_for(const mail::Message& message, const PersonWords& person) {
  std::vector<std::string> found;
  add_names(message, kAuthorFields, person.address(), found);
  for (const std::string& name : found) person.note_name(name);
  add_names(message, kPeopleFields, person.address(), found);
  found.insert(found.end(), person.names().begin(), person.names().end());
  if (!is_own(message, person.address())) {
    std::erase_if(found, [](const std::string& name) { return name.find(' ') == std::string::npos; });
  }
  return {person.address(), found};
}

std::string replaced(const mail::Message& message, const PersonWords& words) {
  const mail::FindRanges find = [&](std::string_view text, mail::SearchIn) { return words.find(text); };
  mail::Edit edit(message);
  mail::replace_in_message(message, find, std::string(kErased), mail::ReplaceIn::everything, edit);
  return edit.apply().bytes;
}

}  // namespace

std::optional<std::string> message_without(std::string_view bytes, const PersonWords& person) {
  if (!may_be_in(bytes, person)) return std::nullopt;
  const mail::Message message = mail::Message::open(std::string(bytes));
  const PersonWords only_address(person.address(), {});
  if (!only_address.are_in(bytes) && replaced(message, only_address) == message.bytes()) return std::nullopt;
  const PersonWords words = words_for(message, person);
  // What lies between parts, and what no reader takes for a field, has no other form than its octets.
  return only_address.taken_out_of(message.envelope_lines()) + only_address.taken_out_of(replaced(message, words));
}

}  // namespace majlis::lists
