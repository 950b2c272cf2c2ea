// Whatever is accepted as an address goes over the wire, into header fields and into the roster: it must say the same
// thing at every stop.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/address.h"
#include "mail/author.h"
#include "mail/composer.h"
#include "mail/return_path.h"

namespace {

using majlis::mail::Address;

void require(bool holds) {
  if (!holds) abort();
}

void check(const Address& address) {
  const std::string text = address.text();
  require(text.size() <= 254 && !address.local().empty() && !address.domain().empty());
  require(majlis::is_valid_utf8(text));
  require(text.find_first_of("<>\r\n\t") == std::string::npos && text.find('\0') == std::string::npos);
  require(text.front() != '-' && text.front() != '|' && text.front() != '/');
  require(majlis::is_ascii(address.domain()));
  require(majlis::to_lower_ascii(address.domain()) == address.domain());

  const auto again = Address::parse(text);
  require(again && *again == address && again->text() == text && again->local() == address.local());
  const auto canonical = Address::parse(address.canonical());
  require(canonical && canonical->canonical() == address.canonical());
  const auto angle = majlis::mail::parse_mailbox('<' + text + '>');
  require(angle && angle->address.text() == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto address = Address::parse(text)) check(*address);
  const majlis::mail::ReturnPath path = majlis::mail::ReturnPath::parse(text);
  if (path.address()) check(*path.address());
  if (const auto mailbox = majlis::mail::parse_mailbox(text)) {
    check(mailbox->address);
    const auto list = majlis::mail::parse_mailbox_list(text);
    require(list && list->size() == 1 && list->front().address == mailbox->address);
    const std::string body = majlis::mail::display_mailbox(mailbox->display, mailbox->address);
    const auto written = majlis::mail::parse_mailbox(body);
    require(written && written->address.text() == mailbox->address.text());
  }
  if (const auto author = majlis::mail::parse_author(text)) {
    check(author->address);
    const auto mailbox = majlis::mail::parse_mailbox(text);
    require(!mailbox || mailbox->address == author->address);
  }
  if (const auto list = majlis::mail::parse_mailbox_list(text)) {
    require(list->size() <= 500);
    for (const auto& mailbox : *list) check(mailbox.address);
  }
  return 0;
}
