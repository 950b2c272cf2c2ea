#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace majlis::spool {

// Where mail goes: smtp://host:port, smtps://host:port, lmtp://host:port, lmtp:/socket, sendmail:/path, maildir:DIR.
struct Relay {
  enum class Kind { smtp, smtps, lmtp_tcp, lmtp_socket, sendmail, maildir };
  Kind kind = Kind::maildir;
  std::string host;  // smtp, smtps, lmtp_tcp
  std::string port;  // default 25, 465, 24
  std::string path;  // the others

  // misconfigured, naming the accepted forms, for anything else.
  static Result<Relay> parse(std::string_view url);
  std::string text() const;
};

}  // namespace majlis::spool
