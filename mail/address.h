#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

// One mailbox address, "local@domain" (RFC 5321 4.1.2, RFC 5322 3.4.1), as strictly as a roster needs it.
//
// Domain: lower case A-labels (IDNA 2008 through libidn2), LDH labels checked here; a domain literal is refused.
// Local part: dot-atom or the content of a quoted string, kept in the spelling it came in; UTF-8 (RFC 6531) is kept.
// Dots that stand together or at an end are read without quotes too, and written with them.
// Never present: control characters, blanks outside quotes, '<', '>', a leading '-', '|', '/' at the start,
// ":include:", hidden characters (zero-width, bidirectional ...). Limits: local part 64 octets (quotes included), label
// 63, domain 253, the whole 254.
class Address {
 public:
  // The bare addr-spec and nothing else: no display name, no angle brackets, no comment, no route.
  static std::optional<Address> parse(std::string_view text);

  const std::string& local() const { return local_; }    // as spelled, unquoted
  const std::string& domain() const { return domain_; }  // canonical
  // For SMTP and header fields: local part quoted when it must be.
  std::string text() const;
  // What makes two spellings one mailbox: ASCII letters of the local part lower-cased. The roster's key.
  std::string canonical() const;
  bool is_ascii() const;

  // Equal when the canonical forms are.
  friend bool operator==(const Address& a, const Address& b) { return a.canonical() == b.canonical(); }
  friend auto operator<=>(const Address& a, const Address& b) { return a.canonical() <=> b.canonical(); }

 private:
  Address(std::string local, std::string domain) : local_(std::move(local)), domain_(std::move(domain)) {}
  std::string local_;
  std::string domain_;
};

// "Name <a@b>" or "a@b (Name)": RFC 5322 mailbox.
struct Mailbox {
  std::string display;  // as written, quotes and comments removed, encoded words not decoded
  Address address;
};

// Exactly one mailbox and nothing left over; comments and folding are understood. Refused: groups, routes, double '@',
// control characters, encoded words where an address stands.
std::optional<Mailbox> parse_mailbox(std::string_view field_body);

// A list of at most `max` mailboxes; nullopt when any of it is malformed or there are more. Empty body: empty list.
std::optional<std::vector<Mailbox>> parse_mailbox_list(std::string_view field_body, std::size_t max = 500);

}  // namespace majlis::mail
