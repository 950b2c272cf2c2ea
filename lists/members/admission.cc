#include "lists/members/admission.h"

#include "base/text.h"
#include "lists/site/directory.h"
#include "mail/coding/decode.h"

namespace majlis::lists {

Result<Admission> Admission::open(const Site& site) {
  Result<std::vector<ListName>> names = site.list_names();
  if (!names) return names.error();
  std::set<std::string> domains{site.config().domain};
  for (const ListName& name : *names) domains.insert(name.domain());
  return Admission(site, std::move(domains));
}

Result<mail::Mailbox> Admission::read(std::string_view written) const {
  const std::string_view text = trim(written);
  std::optional<mail::Mailbox> person;
  if (auto address = mail::Address::parse(text)) {
    person = mail::Mailbox{"", std::move(*address)};
  } else {
    person = mail::parse_mailbox(text);
  }
  if (person) person->display = mail::decode_words(person->display);
  if (!person) return Error{ErrorKind::refused, "'" + printable(text, 100) + "' is no mail address"};
  if (domains_.contains(person->address.domain()) && leads_back(*site_, person->address)) {
    return Error{ErrorKind::refused, printable(person->address.text(), 300) + " is an address of this site"};
  }
  return std::move(*person);
}

}  // namespace majlis::lists
