#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "mail/address.h"

namespace majlis::mail {

// The envelope sender (RFC 5321 3.6.3): null, an address, or something that cannot be read, which is not the null
// sender: a person may stand behind it.
class ReturnPath {
 public:
  // Without an address: null.
  ReturnPath(std::optional<Address> address = std::nullopt)
      : kind_(address ? Kind::address : Kind::null), address_(std::move(address)) {}
  static ReturnPath unreadable();

  // As an MTA writes it, with or without angle brackets. "", "<>" and a mailer-daemon of any host, in any case, are
  // null: Postfix's local(8) and pipe(8) write MAILER-DAEMON for it.
  static ReturnPath parse(std::string_view text);

  bool is_null() const { return kind_ == Kind::null; }
  bool is_unreadable() const { return kind_ == Kind::unreadable; }
  const std::optional<Address>& address() const { return address_; }  // nullopt: null or unreadable

 private:
  enum class Kind { null, address, unreadable };
  Kind kind_;
  std::optional<Address> address_;
};

}  // namespace majlis::mail
