#include "lists/members/admission.h"

#include <algorithm>

#include "base/text.h"
#include "lists/site/directory.h"
#include "mail/coding/decode.h"

namespace majlis::lists {

namespace {

// Quoted local parts, addresses of hosts and what a program could take for an option are addresses to others.
std::string_view what_is_wrong(std::string_view text) {
  if (text.ends_with('>')) text = text.substr(text.rfind('<') + 1, text.size() - text.rfind('<') - 2);
  const std::size_t at = text.rfind('@');
  const bool is_one = at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
                      std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  return is_one ? "is an address that is not taken here" : "is no mail address";
}

}  // namespace

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
  if (!person) return Error{ErrorKind::refused, "'" + printable(text, 100) + "' " + std::string(what_is_wrong(text))};
  if (domains_.contains(person->address.domain()) && leads_back(*site_, person->address)) {
    return Error{ErrorKind::refused, printable(person->address.text(), 300) + " is an address of this site"};
  }
  return std::move(*person);
}

}  // namespace majlis::lists
