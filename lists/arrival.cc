#include "lists/arrival.h"

#include "auth/secret_file.h"

namespace majlis::lists {

std::string Arrival::fingerprint() const {
  const std::string from = sender ? sender->text() : "";
  return auth::fingerprint({"arrival", recipient.canonical(), from, message.bytes()}).substr(0, 16);
}

}  // namespace majlis::lists
