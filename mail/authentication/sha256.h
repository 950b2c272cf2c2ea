#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace majlis::mail {

// SHA-256 (FIPS 180-4) of what is added, piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view octets);
  std::string digest();  // 32 octets; what is added afterwards begins anew

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Of one text, as sha256sum(1) prints it: lower case.
std::string sha256_hex(std::string_view text);

}  // namespace majlis::mail
