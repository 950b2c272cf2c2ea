#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace majlis::auth {

// SHA-256 (FIPS 180-4) of octets that come in pieces, as sha256sum(1) prints it.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view piece);
  std::string hex();  // of all of them, lower case; once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256_of(std::string_view text);

}  // namespace majlis::auth
