#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/endpoint.h"

namespace majlis::net {

// What the scanner says of something.
struct Scan {
  enum class Verdict {
    clean,
    found,
    down  // nobody knows: no scanner, no answer in time, any answer but the two
  };
  Verdict verdict = Verdict::down;
  std::string name;  // of found: what it is called; printable
  std::string why;   // of down
};

// Where clamd(8) listens: "unix:/PATH" or "tcp:HOST:PORT".
struct ScannerAddress {
  std::string path;  // empty: by TCP
  std::string host;  // an address, "localhost" or a name of the DNS
  std::uint16_t port = 0;

  // misconfigured for anything else.
  static Result<ScannerAddress> parse(std::string_view text);
};

// A client of clamd(8). Each piece goes to it by INSTREAM in a connection of its own; where that is too long for
// clamd's StreamMaxLength and the scanner is on this machine, by FILDES.
class Scanner {
 public:
  // `patience`: for a whole scan(), names that are looked up included, however slowly the scanner talks. `resolver`: as
  // Resolver::create(). misconfigured when the address is none.
  static Result<Scanner> create(std::string_view address, std::chrono::milliseconds patience,
                                const std::string& resolver);

  // Clean when every piece is; found at the first in which something is.
  Scan scan(std::span<const std::string_view> pieces) const;

 private:
  Scanner(ScannerAddress address, std::chrono::milliseconds patience, std::string resolver)
      : address_(std::move(address)), patience_(patience), resolver_(std::move(resolver)) {}
  Result<std::vector<Endpoint>> endpoints() const;

  ScannerAddress address_;
  std::chrono::milliseconds patience_;
  std::string resolver_;
};

// The reply of clamd without its terminator, read as strictly as can be: "stream: OK" and "fd[N]: OK" are clean, what
// ends with FOUND is found, all else is down.
Scan read_scan_reply(std::string_view reply);

}  // namespace majlis::net
