#pragma once

#include <string_view>

namespace majlis::spool {

// What a server offered in its answer to EHLO or LHLO.
struct Extensions {
  bool pipelining = false;      // RFC 2920
  bool size = false;            // RFC 1870
  bool eight_bit_mime = false;  // RFC 6152
  bool smtputf8 = false;        // RFC 6531
  bool chunking = false;        // RFC 3030
  bool dsn = false;             // RFC 3461
  bool xverp = false;           // Postfix VERP_README
  bool starttls = false;        // RFC 3207
  bool auth_plain = false;      // RFC 4616
  bool auth_login = false;
  std::size_t most_recipients = SIZE_MAX;  // RFC 9422: LIMITS RCPTMAX

  // `text` is that of the reply: the server's name, then a keyword a line. What is not known is skipped.
  static Extensions parse(std::string_view text);
};

}  // namespace majlis::spool
