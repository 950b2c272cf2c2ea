#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "spool/transport/credentials.h"
#include "spool/transport/relay.h"

namespace majlis::spool {

// RFC 5321 4.5.3.2. Time during which the peer does nothing; octets that do not complete a reply do not count.
struct SmtpTimeouts {
  std::chrono::milliseconds connect{30'000};
  std::chrono::milliseconds greeting{300'000};
  std::chrono::milliseconds command{300'000};  // EHLO, MAIL, RCPT, RSET, the TLS handshake
  std::chrono::milliseconds data{120'000};     // DATA until 354
  std::chrono::milliseconds block{180'000};    // until a part of the message is taken
  std::chrono::milliseconds dot{600'000};      // the final dot until its answer
  std::chrono::milliseconds quit{2'000};
};

// TLS with smtp:// and lmtp://. smtps:// always has it, and is always verified.
enum class RelayTls {
  off,
  when_offered,  // whoever answers; in clear text when there is none
  required,      // chain and host name verified
};

// How the copies of a job with Verp::per_recipient get their senders.
enum class VerpForm {
  signed_each,  // by FlushHelp::verp_sender, a transaction for each
  xverp,        // by the relay, out of the recipient's address and unsigned, where it offers XVERP
};

// How to deliver to the relay.
struct RelayOptions {
  Relay relay;
  RelayTls tls = RelayTls::when_offered;
  std::string tls_ca_file;                 // whom TLS trusts; empty: the system's certificates
  std::optional<Credentials> credentials;  // for AUTH; TLS is then required, except on the loopback
  bool may_auth_without_tls = false;       // or where the site says that it is not
  VerpForm verp = VerpForm::signed_each;
  unsigned connections = 4;
  std::size_t recipients_per_transaction = 1000;  // or fewer, where the relay takes no more (RFC 5321 4.5.3.1.8)
  std::string helo_name;                          // empty: the machine's name
  SmtpTimeouts timeouts;
};

}  // namespace majlis::spool
