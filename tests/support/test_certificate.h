#pragma once

#include <string>

namespace majlis::test {

// A key and a certificate that signs itself, both PEM.
struct TestCertificate {
  std::string certificate;
  std::string key;
  // `names` as OpenSSL writes them: "IP:127.0.0.1", "DNS:mx.example.org".
  static TestCertificate make(const std::string& names);
};

}  // namespace majlis::test
